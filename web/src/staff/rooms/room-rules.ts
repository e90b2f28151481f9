/** What a new room begins with, and what can be wrong with its rules. */

import type { Fault } from "../../frame/page.ts";
import { locale, t } from "../../words/language.ts";
import type { RoomRules } from "./types.ts";

export const LONGEST = { name: 80, about: 1000, guidelines: 4000, tag: 40 } as const;
const MOST = { tags: 10, topics: 8 } as const;
const CAPACITY = { least: 2, most: 200 };

/** On the safe side: adults, asked for by request, small, first messages looked at. */
export function newRoom(): RoomRules {
  return {
    name: "", about: "", topics: [], language: locale(), tags: [], audience: "adults", entry: "request", guidelines: t("staff.settings.guidelines.default"),
    capacity: 30, retention_days: 30, slow_seconds: 0, premoderate_first: 2, newcomer_wait_minutes: 0,
  };
}

/** "new parents, nights" as it is typed; each tag once. */
export function tagsIn(typed: string): readonly string[] {
  return [...new Set(typed.split(/[,،;\n]/).map((tag) => tag.trim()).filter(Boolean))];
}

export function faultsIn(of: RoomRules): Fault[] {
  const faults: Fault[] = [];
  if (!of.name.trim()) faults.push({ field: "name", words: t("staff.settings.name.missing") });
  if (!of.about.trim()) faults.push({ field: "about", words: t("staff.settings.about.missing") });
  if (!of.guidelines.trim()) faults.push({ field: "guidelines", words: t("staff.settings.guidelines.missing") });
  if (of.topics.length > MOST.topics) faults.push({ field: "topics", words: t("staff.settings.topics.fault", { most: MOST.topics }) });
  if (of.tags.length > MOST.tags || of.tags.some((tag) => tag.length > LONGEST.tag)) faults.push({ field: "tags", words: t("staff.settings.tags.fault", { most: MOST.tags, longest: LONGEST.tag }) });
  if (!Number.isInteger(of.capacity) || of.capacity < CAPACITY.least || of.capacity > CAPACITY.most) faults.push({ field: "capacity", words: t("staff.settings.capacity.fault", CAPACITY) });
  return faults;
}

/** As the API wants it: only what a facilitator decides, in one order. */
export function rulesOf(of: RoomRules): RoomRules {
  const { name, about, topics, language, tags, audience, entry, guidelines, capacity, retention_days, slow_seconds, premoderate_first, newcomer_wait_minutes } = of;
  return {
    name: name.trim(), about: about.trim(), topics: [...topics].sort(), language, tags, audience, entry, guidelines: guidelines.trim(),
    capacity, retention_days, slow_seconds, premoderate_first, newcomer_wait_minutes,
  };
}

"""A relay that passes on each line to everybody, and knows nothing else: the floor."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def relay() -> Iterator[int]:
    """One on a port of loopback, in a thread of its own, until the block ends; the port."""
    loop = asyncio.new_event_loop()
    everybody: set[asyncio.StreamWriter] = set()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        everybody.add(writer)
        while line := await reader.readline():
            for one in everybody:
                one.write(line)
        everybody.discard(writer)
        writer.close()

    async def end() -> None:
        server.close()
        await asyncio.gather(*tasks)

    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

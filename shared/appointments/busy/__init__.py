"""The other calendar of a counselor (at Google, Apple, Outlook…): when they are busy there, nobody can book.

What is fetched comes from anywhere, and an address can point anywhere. So: `addresses` says which addresses are
fetched at all, `fetching` fetches within bounds, `sieve` leaves out all that is not about time, `reading` works out
the busy times, and `reader` lets it do so in a process of its own. `service` and `refreshing` are the use cases.
"""

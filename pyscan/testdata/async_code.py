import pickle


async def handler(reader):
    data = await reader.read()
    async for chunk in reader:
        pickle.loads(chunk)  # want "pickle.loads decodes `chunk`"
    async with reader as other:
        pass
    return [pickle.loads(c) async for c in reader]  # want "pickle.loads decodes `c`"


async def yields(q):
    return 1, *pickle.loads(await q.get())  # want "pickle.loads"


def generator(q):
    x = yield pickle.loads(q)  # want "pickle.loads"

#!/usr/bin/env python3
"""Make a tree of the Python sources of Debian packages, without installing them.

    corpus.py LIST DIR

LIST holds one package=version a line; # begins a comment. The packages are
fetched with `apt-get download` (never installed: no maintainer script runs),
and their Python sources are written below DIR, which must be new. Sources in
Debian's dist-packages are written as they are imported, all others under
their path in the package. Symbolic links are left out, so that no source
counts twice.
"""

import pathlib
import subprocess
import sys
import tarfile
import tempfile

PACKAGES = "usr/lib/python3/dist-packages/"


def listed(path):
    lines = (line.split("#")[0].strip() for line in pathlib.Path(path).read_text().splitlines())
    return [line for line in lines if line]


def is_python(name, head):
    """By suffix, or, as for a shell, by the first line."""
    if name.endswith((".py", ".pyw")):
        return True
    first = head.split(b"\n")[0]
    return "." not in pathlib.PurePosixPath(name).name and first.startswith(b"#!") and b"python" in first


def sources(deb):
    """The Python sources in a package: their path and their bytes."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as tar:
        with tarfile.open(fileobj=tar.stdout, mode="r|") as members:
            for member in members:
                if not member.isfile():
                    continue
                name = member.name.removeprefix("./")
                data = members.extractfile(member).read()
                if is_python(name, data[:200]):
                    yield name.removeprefix(PACKAGES), data
    if tar.returncode != 0:
        sys.exit(f"dpkg-deb cannot read {deb}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    packages, root = listed(sys.argv[1]), pathlib.Path(sys.argv[2])
    root.mkdir(parents=True)
    files = size = 0
    with tempfile.TemporaryDirectory() as temporary:
        command = ["apt-get", "download", "-qq", *packages]
        if subprocess.run(command, cwd=temporary).returncode != 0:
            sys.exit("not every version is on the mirror: snapshot.debian.org keeps all that were")
        for deb in sorted(pathlib.Path(temporary).glob("*.deb")):
            for name, data in sources(deb):
                target = root / name
                if ".." in target.parts:
                    sys.exit(f"{deb.name} holds {name}")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                files += 1
                size += len(data)
    print(f"{len(packages)} packages, {files} sources, {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

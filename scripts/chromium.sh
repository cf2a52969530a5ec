#!/bin/sh
# Prints the path of a Chromium, which it installs from Debian's packages if there is none
# and it may. Debian keeps one version at a time, so none can be pinned; the tests ask
# nothing of a certain one.
set -eu
find_it() {
	for name in "${PICKLE_CHROMIUM:-chromium}" chromium chromium-browser google-chrome-stable google-chrome; do
		command -v "$name" && return 0
	done
	return 1
}
find_it && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "no Chromium: install one, or name it in PICKLE_CHROMIUM" >&2
	exit 1
fi
fetch() {
	apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >&2
}
# A mirror that is being updated answers a few seconds later.
fetch || { sleep 10 && fetch; }
find_it

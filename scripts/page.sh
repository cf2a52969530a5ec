#!/bin/sh
# The HTML pages in headless Chromium. Screenshots are left in cmd/e2e/artefacts.
set -eu
cd "$(dirname "$0")/.."
PICKLE_CHROMIUM=$(scripts/chromium.sh)
export PICKLE_CHROMIUM
cd cmd/e2e && "${GO:-go}" test -count=1 -run '^Test(Inventory)?Page' .

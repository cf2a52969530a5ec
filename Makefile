# make demo         builds bin/pickle-lint, bin/pickle-vet and bin/pickle-inventory, and lints the bundled demo project
# make test         everything that needs no more than Go, a C compiler, git and Python 3
# make integration  what needs more, built at pinned versions below .tools
# make race         the tests again under the race detector
# make race-db      those of inventory/db; SQLite in Go takes minutes to build for it
# make lint         the product over its own repository
# make generate     brings derived files up to date

GO ?= go
DEMO = testdata/demo
# The demo speaks of dates; a fixed day keeps its output the same for ever.
DEMO_DAY = 2026-11-01

.PHONY: build demo test race race-db integration generate lint clean

build:
	@scripts/require.sh $(GO) cc
	$(GO) build -buildvcs=false -o bin/ ./cmd/pickle-lint ./cmd/pickle-vet
	cd inventory/db && CGO_ENABLED=0 $(GO) build -buildvcs=false -o ../../bin/ ./cmd/pickle-inventory

# The demo is wrong in places, so the linter must exit 1.
demo: build
	@$(GO) run ./internal/recipe/cmd/recipe -tree $(DEMO)/spool $(DEMO)/spool/hostile
	@bin/pickle-lint --today $(DEMO_DAY) ./$(DEMO)/...; status=$$?; \
	if [ $$status -ne 1 ]; then echo "demo: exit code $$status, want 1" >&2; exit 1; fi

# What runs other programs over the tree is never taken from the test cache,
# which cannot know what they read.
test:
	@scripts/require.sh $(GO) cc git python3
	$(GO) vet ./...
	$(GO) test ./...
	$(GO) test -count=1 .
	cd cmd/e2e && $(GO) vet ./... && $(GO) test -count=1 ./...
	cd inventory/db && $(GO) vet ./... && $(GO) test ./...

# goload only starts other programs, and under the race detector its vet tool
# analyses the standard library for minutes.
race:
	@scripts/require.sh $(GO) cc git python3
	$(GO) test -race -short $$($(GO) list ./... | grep -v /goload)

race-db:
	@scripts/require.sh $(GO) cc
	cd inventory/db && $(GO) test -race -short . ./web -skip 'Chromium|Phone|Script'

integration:
	@scripts/require.sh $(GO) cc git npm
	scripts/multitool.sh
	GO=$(GO) scripts/vettool.sh
	scripts/golangci.sh
	scripts/page.sh
	GO=$(GO) scripts/precommit.sh
	cd cmd/e2e && PICKLE_REAL=1 $(GO) test -count=1 -run '^TestRealLibraries' .

generate:
	$(GO) run ./internal/gen

# The product over its own repository: no finding of any severity, no skip. The module
# around golangci-lint decodes nothing, and has a thousand packages below it.
lint: build
	bin/pickle-lint --fail-on note --exclude cmd/pickle-golangci/ ./...

clean:
	rm -rf bin .tools $(DEMO)/spool/hostile

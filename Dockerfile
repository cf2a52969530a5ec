# docker build -t pickle-lint .                    everything; Go packages are linted with the Go of this image
# docker build -t pickle-lint --target slim .      Python and stored blobs alone: one static binary, no shell
# docker run --rm -v "$PWD:/src:ro" pickle-lint ./...
FROM golang:1.26.8-bookworm AS build
WORKDIR /build
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# Static, for the slim image; tree-sitter is C.
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags netgo,osusergo \
        -ldflags '-s -w -linkmode external -extldflags -static' -o /pickle-lint ./cmd/pickle-lint

FROM scratch AS slim
COPY --from=build /pickle-lint /usr/local/bin/pickle-lint
COPY --from=build /build/LICENSE /LICENSE
USER 65534:65534
ENV PICKLE_LINT_CACHE=/tmp/pickle-lint HOME=/tmp
WORKDIR /src
ENTRYPOINT ["/usr/local/bin/pickle-lint"]

FROM golang:1.26.8-bookworm AS full
COPY --from=build /pickle-lint /usr/local/bin/pickle-lint
COPY --from=build /build/LICENSE /usr/local/share/doc/pickle-lint/LICENSE
# A mounted tree belongs to somebody else, which git would refuse (CVE-2022-24765).
RUN git config --system --add safe.directory '*' && useradd --create-home --uid 10001 lint
USER lint
ENV GOFLAGS=-buildvcs=false
WORKDIR /src
ENTRYPOINT ["/usr/local/bin/pickle-lint"]

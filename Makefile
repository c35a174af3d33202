# The commands of the README and of continuous integration.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# What the package links (the first row), and what its tests and tools run.
PACKAGES := libyajl-dev libpopt-dev libarchive-dev zlib1g-dev libyaml-dev libssl-dev libre2-dev \
	patch gzip xz-utils iproute2 openssl python3-venv curl chromium chromium-driver
CONFIGURATION := release
DRYDOCK := .build/$(CONFIGURATION)/drydock

PREFIX := /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
STATIC := .build/static/release/drydock

.PHONY: demo setup build install uninstall test lint format api docs

DEMO := .build/demo
BUNDLE := $(DEMO)/drift/bug-report.tar.gz

## Installs what is needed, builds, and shows a bundle's report, a trace, a diff and a page.
demo: setup build
	@mkdir -p $(DEMO) && tar -C $(DEMO) -xf Corpus/istiod/drift.tar.xz
	@echo "== The report of a bundle: drydock bundle $(BUNDLE)"
	@$(DRYDOCK) bundle $(BUNDLE) 2>/dev/null || [ $$? -eq 1 ]
	@echo && echo "== The way of a request: drydock trace BUNDLE POD URL"
	@$(DRYDOCK) trace $(BUNDLE) productpage-v1-7f44c4d57c-6wkqz.default \
		http://reviews.default:9080/reviews/1 2>/dev/null || [ $$? -eq 1 ]
	@echo && echo "== What differs in a proxy: drydock diff -o summary ISTIOD ENVOY"
	@$(DRYDOCK) diff -o summary Corpus/pairs/stale/istiod_config_dump.json \
		Corpus/pairs/stale/config_dump.json || [ $$? -eq 1 ]
	@$(DRYDOCK) bundle -o html $(BUNDLE) > $(DEMO)/report.html 2>/dev/null || [ $$? -eq 1 ]
	@echo && echo "The command is $(DRYDOCK), the bundle $(BUNDLE)."
	@echo "Open $(DEMO)/report.html in a browser."

setup:
	$(SUDO) apt-get update -qq
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PACKAGES) >/dev/null

build:
	swift build -c $(CONFIGURATION) --product drydock

## The command as one file that needs no Swift beside it, its manual page, and the shells' completions.
install:
	swift build -c release --product drydock --static-swift-stdlib --scratch-path .build/static
	install -D $(STATIC) $(DESTDIR)$(PREFIX)/bin/drydock
	$(STATIC) manual | install -D -m 644 /dev/stdin $(SHARE)/man/man1/drydock.1
	$(STATIC) completions bash | \
		install -D -m 644 /dev/stdin $(SHARE)/bash-completion/completions/drydock
	$(STATIC) completions zsh | install -D -m 644 /dev/stdin $(SHARE)/zsh/site-functions/_drydock
	$(STATIC) completions fish | \
		install -D -m 644 /dev/stdin $(SHARE)/fish/vendor_completions.d/drydock.fish

## Takes away what install put in place.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/drydock $(SHARE)/man/man1/drydock.1 \
		$(SHARE)/bash-completion/completions/drydock $(SHARE)/zsh/site-functions/_drydock \
		$(SHARE)/fish/vendor_completions.d/drydock.fish

## Runs every test; the captures are in the repository.
test:
	swift test -c $(CONFIGURATION)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Examples
	Tests/public

## Compares the public API with Tests/api.txt.
api:
	Tests/api

## The documentation, from the sources and the articles in Sources/Drydock/Drydock.docc.
docs: api
	docc convert Sources/Drydock/Drydock.docc --additional-symbol-graph-dir .build/symbols \
		--fallback-display-name Drydock --fallback-bundle-identifier drydock \
		--output-path .build/docs --warnings-as-errors

format:
	swift format --in-place --recursive Package.swift Sources Tests Examples

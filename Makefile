# The portal's commands. All they need is Python 3.11 or later; everything else comes with `make setup`.

PY := .venv/bin/python
STAMP := .venv/.installed
MESSAGES := $(patsubst %.po,%.mo,$(wildcard portal/locale/*/LC_MESSAGES/*.po))
NO_VENV := "A virtual environment could not be made. On Debian: apt-get install python3-venv"
NO_WHEELS := "The dependencies could not be installed. They exist as wheels for Linux (glibc) and macOS, Python 3.11 and later."

.PHONY: help setup run test bench soak screenshots lock

help:  ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) $(MESSAGES)  ## the virtual environment, the locked dependencies, the compiled translations

run: setup  ## the portal at http://127.0.0.1:8000/ (PORT, HOST, PORTAL_DATA, DATABASE_URL change where)
	@$(PY) -m portal.runtime --tied

test: setup  ## every test but the long ones
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) manage.py check --tag content
	$(PY) -m pytest -m "not soak" -n auto --dist loadfile

bench: setup  ## the benchmarks, figures as ratios
	@$(PY) -m tests.bench

soak: setup  ## the long runs: crashes, fuzzing with new examples, mixed load
	HYPOTHESIS_PROFILE=default $(PY) -m pytest -m "soak or hypothesis"

screenshots: setup  ## every page in every state and look, kept in test-results/, and the contact sheet of docs/
	PORTAL_SCREENSHOTS=$(CURDIR)/test-results/screenshots $(PY) -m pytest tests/browser/test_every_page.py -m soak
	$(PY) -m tests.browser.contact_sheet test-results/screenshots docs/contact-sheet.jpg

lock:  ## write requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --upgrade -o requirements.txt

# The stamp is written last, so that an interrupted setup is done again.
$(STAMP): requirements.txt
	@set -e; found=; if ! $(PY) -c '' 2>/dev/null; then \
		for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
			if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
		done; \
		test -n "$$found" || { echo "Python 3.11 or later was not found. Install it, or say where: make PYTHON=/path/to/python" >&2; exit 1; }; \
		$$found -m venv --clear .venv || { echo $(NO_VENV) >&2; exit 1; }; \
	fi
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt \
		|| { echo $(NO_WHEELS) >&2; exit 1; }
	@touch $@

%.mo: %.po | $(STAMP)
	@$(PY) -m portal.runtime.messages $< $@

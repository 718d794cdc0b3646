# Every target works from a fresh clone: scripts/setup.sh brings the environment up to the lock files first.
.DEFAULT_GOAL := help
.PHONY: help run test test-timezones bench package deb windows-preview reproducible lock reliability fuzz coverage-page keyboard-page licenses-page picture pictures policy-schema sbom audit release clean

FUZZED := tests/fuzz tests/reliability/test_mutated_answers.py tests/desk/test_desk_strange.py tests/desk/test_desk_adf.py \
	tests/sop/test_case_check.py tests/sop/test_takeover.py tests/sop/test_reading.py tests/sop/test_plan_properties.py

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

run: ## open the window in practice mode (no display: walk the tour, with pictures)
	@scripts/run.sh

test: ## style, types and all tests
	@scripts/test.sh

test-timezones: ## the date-dependent tests under other time zones and languages
	@scripts/test-timezones.sh

bench: ## measure, and write docs/benchmarks.md
	@scripts/setup.sh dev
	@.venv/bin/python -m benchmarks

package: ## build the program for this system into dist/
	@scripts/package.sh

deb: package ## the Debian package, tried in a bare Debian where that is possible
	@.venv/bin/python packaging/debian.py
	@scripts/try-deb.sh

windows-preview: ## build the Windows program and its installer here, and try them under wine (not for release)
	@scripts/setup.sh dev
	@packaging/windows-preview/run.sh

reproducible: ## build the program twice, and list what differs
	@scripts/setup.sh dev
	@.venv/bin/python packaging/reproducible.py

lock: ## choose versions anew and write requirements/*.txt
	@scripts/lock.sh

reliability: ## try every fault at every request of every flow (an hour or more), and write docs/reliability.md
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.reliability_page

fuzz: ## thousands of bent cases, playbooks, pasted texts and answers of a desk (half an hour; FUZZ_EXAMPLES=2000: some minutes)
	@scripts/setup.sh dev
	@HYPOTHESIS_PROFILE=fuzz QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -n auto $(FUZZED)

keyboard-page: ## write docs/keyboard.md
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.keyboard_page

coverage-page: ## write docs/sop-coverage.md
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.coverage_page

licenses-page: ## write docs/licenses.md
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.licenses_page

release: ## build, try, tag: refuses changes that are not committed, a missing changelog entry and a red self-test
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.release before
	@scripts/package.sh
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m scripts.release

sbom: ## write resources/legal: the list of parts (CycloneDX) and the licence texts
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.licence_texts
	@.venv/bin/python -m scripts.sbom

audit: ## known vulnerabilities of the locked packages (needs the network; 2: could not be asked)
	@scripts/audit.sh

policy-schema: ## write packaging/policy.schema.json
	@scripts/setup.sh dev
	@.venv/bin/python -m scripts.policy_schema

picture: ## take docs/images/window.png anew, from the tour
	@scripts/setup.sh run
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m ptodesk_gui --tour artifacts/tour
	@cp artifacts/tour/*-reply-copied.png docs/images/window.png

pictures: ## take a picture of every state of the window into docs/pictures
	@scripts/setup.sh run
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m scripts.pictures

clean: ## remove what was built here, the environment included
	rm -rf .venv .venv-audit build dist artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

# SPDX-License-Identifier: GPL-3.0-or-later
# ccsim: `make` builds, `make help` lists the rest.
#
# Sources are found by wildcard: a new file needs no line here. Everything of one build mode lies in
# build/<mode>/; a changed flag or compiler rebuilds it (build/<mode>/flags remembers them).

MODE ?= release
PREFIX ?= /usr/local
DESTDIR ?=
V ?= 0

ifeq ($(origin CC),default)
CC = gcc
endif
VERSION := $(shell sed -n 's/^.define CCS_VERSION "\(.*\)"/\1/p' include/ccsim/version.h)
IS_CLANG := $(findstring clang,$(shell $(CC) --version 2>/dev/null))
NPROC := $(shell nproc 2>/dev/null || echo 1)

# ---- libraries ----------------------------------------------------------------------------------

PACKAGES := gsl libcjson libxxhash sqlite3
HEADERS := csv.h Random123/philox.h # libraries without a pkg-config file
TEST_PACKAGES := check

# -isystem: warnings are about our files
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv -lpthread -lm
TEST_LIBS := $(shell pkg-config --libs $(TEST_PACKAGES) 2>/dev/null)

# ---- flags --------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wvla
# No fast-math, no contraction, no -march=native: the same bits on every machine. Random123 without
# its intrinsics, which ccsim does not use: they are 40,000 lines in almost every file.
BASE_CFLAGS := -std=gnu11 $(WARNINGS) -ffp-contract=off -D_GNU_SOURCE \
	-DR123_USE_X86INTRIN_H=0 -DR123_USE_SSE=0 -Iinclude -Isim $(PKG_CFLAGS)

MODE_CFLAGS_release := -O2
MODE_CFLAGS_lto := -O2
MODE_CFLAGS_debug := -O1 -g -DCCS_DEBUG
MODE_CFLAGS_asan := -O1 -g -DCCS_DEBUG -fno-omit-frame-pointer -fno-sanitize-recover=all \
	-fsanitize=address,undefined,float-cast-overflow
MODE_CFLAGS_tsan := -O1 -g -DCCS_DEBUG -DCCS_SOME_SUITES -fsanitize=thread
MODE_CFLAGS_coverage := -O0 -g --coverage
MODE_CFLAGS_fuzz := -O1 -g -DCCS_DEBUG -fno-sanitize-recover=all \
	-fsanitize=fuzzer-no-link,address,undefined

# Link-time optimisation in what is installed and delivered: 1 to 3 % faster, and 14 s a link. With
# gcc the library also holds ordinary code, so that any compiler can link it. With clang (if lld and
# llvm-ar are there) only clang can.
ifeq ($(MODE),lto)
ifeq ($(IS_CLANG),)
LTO := -flto=auto -ffat-lto-objects
AR := gcc-ar
else
LLVM_AR := $(and $(shell command -v ld.lld),$(shell command -v llvm-ar))
ifneq ($(LLVM_AR),)
LTO := -flto
LTO_LINK := -fuse-ld=lld
AR := $(LLVM_AR)
endif
endif
endif

ifeq ($(MODE_CFLAGS_$(MODE)),)
$(error unknown MODE '$(MODE)': release, lto, debug, asan, tsan, coverage or fuzz)
endif
WERROR ?= # WERROR=1: warnings are errors, as in CI
ALL_CFLAGS := $(BASE_CFLAGS) $(MODE_CFLAGS_$(MODE)) $(if $(strip $(WERROR)),-Werror) $(LTO) \
	$(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS := $(MODE_CFLAGS_$(MODE)) $(LTO) $(LTO_LINK) $(CFLAGS) $(LDFLAGS)

# ---- files --------------------------------------------------------------------------------------

OUT := build/$(MODE)
OUT_DEBUG := build/debug
TOP := $(if $(filter release,$(MODE)),build,$(OUT)) # where the program and the library go
PROGRAM := $(strip $(TOP))/ccsim
LIBRARY := $(strip $(TOP))/libccsim.a
RUNNER := $(OUT)/run_tests
BENCH := $(OUT)/bench
INTERVALS := $(OUT)/intervals

CLI_SRC := $(wildcard sim/cli/*.c)
LIB_SRC := $(filter-out sim/cli/%,$(wildcard sim/*/*.c sim/*/*/*.c))
TEST_SRC := $(wildcard tests/run_tests.c tests/unit/*.c tests/property/*.c tests/theory/*.c \
	tests/intervals/study.c tests/bench/loop_keyed.c tests/bench/same_sums.c tests/fuzz/*.c)
# Of the suites `make tsan` builds only those it runs.
TSAN_SUITES ?= $(shell grep -lE 'pthread|_jobs|threads' tests/unit/*.c tests/property/*.c \
	2>/dev/null | sed -n 's,.*/test_\(.*\)\.c,\1,p')
ifeq ($(MODE),tsan)
SUITE_SRC := $(filter tests/unit/test_% tests/property/test_% tests/theory/test_%,$(TEST_SRC))
TEST_SRC := $(filter-out $(SUITE_SRC) tests/fuzz/% tests/bench/%,$(TEST_SRC)) \
	$(filter $(foreach s,$(TSAN_SUITES),tests/%/test_$(s).c),$(SUITE_SRC))
endif
INTERVALS_SRC := $(wildcard tests/intervals/*.c)
BENCH_SRC := $(wildcard tests/bench/*.c)
FUZZ_SRC := $(wildcard tests/fuzz/*.c)
FAULT_SRC := $(wildcard tests/faults/*.c)
SHIM_SRC := tests/faults/shim/failing.c
OUR_C := $(wildcard include/ccsim/*.h sim/*/*.h sim/*/*.inc sim/*/*.c sim/*/*/*.h \
	sim/*/*/*.c tests/*.h tests/*.c tests/*/*.h tests/*/*.c tests/*/*/*.c scripts/*.c)

objects = $(patsubst %.c,$(OUT)/%.o,$(1))
LIB_OBJ := $(call objects,$(LIB_SRC)) $(OUT)/build.o
CLI_OBJ := $(call objects,$(CLI_SRC))
TEST_OBJ := $(call objects,$(TEST_SRC))
BENCH_OBJ := $(call objects,$(BENCH_SRC))
INTERVALS_OBJ := $(call objects,$(INTERVALS_SRC))
FUZZERS := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz_%,$(FUZZ_SRC))
FAULTS := $(patsubst tests/faults/%.c,$(OUT)/fault_%,$(FAULT_SRC)) $(OUT)/failing.so

ifeq ($(V),0)
Q := @
SAY = @printf '  %-5s %s\n'
else
SAY = @:
endif

# A parallel submake, unless the user has said how parallel.
HAS_JOBS = $(filter -j%,$(MAKEFLAGS))
SUBMAKE = +@$(MAKE) --no-print-directory $(if $(HAS_JOBS),,-j$(NPROC))
# The runner in four parts and the tests of the program, as many at a time as there are processors.
RUN_TESTS = CCSIM=$(1)/ccsim scripts/run-tests \
	$(foreach k,1 2 3 4,"build/$(2)/run_tests --shard $(k)/4") $(wildcard tests/cli/run) \
	$(if $(wildcard scenarios/schema/*.json),scripts/check-schema)
# What is checked on the release build only: documents against the program (README.md runs
# `ccsim verify`), known answers.
WHOLE_TESTS = "tests/readme.py README.md scenarios/README.md" \
	$(if $(wildcard tests/regress/run),tests/regress/run) \
	"scripts/check-layers --objects build/debug/sim && echo '1 passed, 0 failed'" \
	tests/layers/run tests/study/run tests/study/examples tests/faults/run tests/faults/failing \
	tests/fuzz/generate tests/rows/run tests/map/run
export CK_DEFAULT_TIMEOUT ?= 900

.DEFAULT_GOAL := all
.PHONY: all help demo dev docs test lint format asan tsan valgrind fuzz nightly coverage bench \
	verify regress regress-update intervals install dist clean deps program runner bench-program \
	intervals-program fuzzers faults FORCE
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

## all: build/ccsim and build/libccsim.a (release); CC=clang works too
all: program

program: $(LIBRARY) $(if $(CLI_SRC),$(PROGRAM))

# ---- the two commands ---------------------------------------------------------------------------

## demo: install what is missing, build, compare the policies of scenarios/newspaper-refund.json
demo: deps
	$(SUBMAKE) program
	build/ccsim compare scenarios/newspaper-refund.json

## test: install what is missing, build, run every test; the last line is the count
test: deps
	$(SUBMAKE) program
	$(SUBMAKE) MODE=debug runner faults
	@$(call RUN_TESTS,build,debug) $(WHOLE_TESTS)

deps:
	@scripts/install-deps

# ---- the inner loop -----------------------------------------------------------------------------

## dev: build for debugging and run the suites named in SUITES="queue arena" (none: only build)
SUITES ?=
dev:
	$(SUBMAKE) MODE=debug runner
	@$(if $(SUITES),$(OUT_DEBUG)/run_tests $(SUITES),echo 'make dev SUITES="..." runs suites:' \
		`$(OUT_DEBUG)/run_tests --list`)

## docs: write the schema and the reference anew from the field rows
docs: program
	scripts/write-docs

## compile_commands.json: what editors and clang tools read
compile_commands.json: Makefile FORCE
	@printf '%s\n' $(LIB_SRC) $(CLI_SRC) $(TEST_SRC) $(BENCH_SRC) | sort -u | \
		scripts/compile-commands $(CC) $(BASE_CFLAGS) -Itests $(MODE_CFLAGS_debug) >$@

# ---- checks -------------------------------------------------------------------------------------

## lint: formatting, layers, headers alone, clang warnings, cppcheck, clang-tidy
lint:
	@scripts/install-deps --lint
	@LINT_CFLAGS="$(BASE_CFLAGS)" LINT_UNBUILT="$(filter-out $(LIB_SRC) $(CLI_SRC) $(TEST_SRC) \
		$(FAULT_SRC) $(SHIM_SRC),$(filter %.c,$(OUR_C)))" scripts/lint $(OUR_C)

## format: rewrite all C files as .clang-format says
format:
	clang-format -i $(OUR_C)

# Forks are dear under it, and so is repetition: SHARE=1 for all of it (tests/README.md)
SHARE ?= 10
## asan: the tests under the address (with leak check) and undefined-behavior sanitizers
asan: deps
	$(SUBMAKE) MODE=asan program runner
	@export CK_FORK=no CCSIM_TEST_SHARE=$(SHARE); $(call RUN_TESTS,build/asan,asan)

## tsan: the tests that use threads, under the thread sanitizer
tsan: deps
	$(SUBMAKE) MODE=tsan runner
	@scripts/run-tests "setarch -R build/tsan/run_tests $(TSAN_SUITES)"

## valgrind: the unit tests under memcheck
VALGRIND_SUITES ?= $(shell ls tests/unit/test_*.c | sed -n 's,.*/test_\(.*\)\.c,\1,p')
valgrind:
	@scripts/install-deps --lint
	$(SUBMAKE) MODE=debug runner
	@CK_DEFAULT_TIMEOUT=3600 scripts/run-tests "valgrind -q --error-exitcode=9 --leak-check=full \
		--errors-for-leak-kinds=definite build/debug/run_tests $(VALGRIND_SUITES)"

## fuzz: each fuzz target (FUZZ="scenario set": these) for SECONDS (60); clang. Finds: build/fuzz/
FUZZ ?= $(patsubst tests/fuzz/%.c,%,$(FUZZ_SRC))
ifeq ($(origin SECONDS),command line)
FUZZ_SECONDS := $(SECONDS)
endif
FUZZ_SECONDS ?= 60
fuzz:
	@scripts/install-deps --lint
	$(SUBMAKE) MODE=fuzz CC='$(FUZZ_CC)' fuzzers
	@scripts/fuzz $(FUZZ_SECONDS) $(FUZZ)

FUZZ_CC ?= clang

## coverage: lines of sim/ the tests execute, by file
coverage: deps
	$(SUBMAKE) MODE=coverage program runner
	@find build/coverage -name '*.gcda' -delete
	@$(call RUN_TESTS,build/coverage,coverage)
	@scripts/coverage build/coverage

## nightly: what takes hours: full verify, fuzz, failing calls, all seeds under asan, analyzer ...
NIGHTLY_SEEDS ?= 1:3000
nightly: deps
	@scripts/install-deps --lint
	$(SUBMAKE) program intervals-program
	$(SUBMAKE) MODE=debug faults
	$(SUBMAKE) MODE=asan program
	@scripts/nightly fuzz "make fuzz" \
		verify "build/ccsim verify --effort full" \
		generated "tests/fuzz/generate --seeds $(NIGHTLY_SEEDS)" \
		generated-asan "CCSIM=build/asan/ccsim tests/fuzz/generate --seeds 100000:300" \
		failing "tests/faults/failing --all" \
		tidy 'LINT_SINCE=all make lint' \
		warnings "make WERROR=1 runner bench-program intervals-program" \
		asan "make asan SHARE=1" \
		valgrind "make valgrind" \
		analyzer 'ANALYZE_CFLAGS="$(BASE_CFLAGS)" scripts/analyze' \
		intervals "$(INTERVALS) $(TRIALS)"

## bench: the engine against hand-written loops, same flags, in one process
bench: deps
	$(SUBMAKE) program bench-program
	$(BENCH)

## intervals: do 95 % intervals of known answers hold them in 94 to 96 %? Takes minutes
TRIALS ?= 4000
intervals: deps
	$(SUBMAKE) program intervals-program
	$(INTERVALS) $(TRIALS)

## verify: the shipped cases against their expected values
verify: program
	build/ccsim verify

## regress: results against the recorded ones
regress: program
	tests/regress/run

## regress-update: record the results anew and show what moved; read it before committing
regress-update: program
	tests/regress/run --update

# ---- delivery -----------------------------------------------------------------------------------

## install: program, library, headers and pkg-config file under PREFIX (/usr/local) and DESTDIR
install:
	$(SUBMAKE) MODE=lto program
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
		$(DESTDIR)$(PREFIX)/include/ccsim
	install -m 755 build/lto/ccsim $(DESTDIR)$(PREFIX)/bin/ccsim
	install -m 644 build/lto/libccsim.a $(DESTDIR)$(PREFIX)/lib/libccsim.a
	install -m 644 include/ccsim/*.h $(DESTDIR)$(PREFIX)/include/ccsim/
	sed -e 's,@PREFIX@,$(PREFIX),' -e 's,@VERSION@,$(VERSION),' ccsim.pc.in \
		> $(DESTDIR)$(PREFIX)/lib/pkgconfig/ccsim.pc

## dist: build/ccsim-VERSION.tar.gz from the last commit
dist:
	@mkdir -p build
	git archive --format=tar.gz --prefix=ccsim-$(VERSION)/ -o build/ccsim-$(VERSION).tar.gz HEAD

## clean: remove build/
clean:
	rm -rf build

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): \(.*\)/  \1|\2/p' Makefile | \
		while IFS='|' read -r name text; do printf '  %-15s %s\n' "$$name" "$$text"; done
	@echo '  options: CC=clang  MODE=debug|lto|asan|tsan|coverage  CFLAGS=...  V=1 (show commands)'

# ---- how things are built -----------------------------------------------------------------------

runner: $(RUNNER)
bench-program: $(BENCH)
intervals-program: $(INTERVALS)
fuzzers: $(FUZZERS)
faults: $(FAULTS)

# Flags and compiler; written only when they change. A missing library is told here, before the
# compiler trips over it.
STAMP_TEXT = $(CC) $(shell $(CC) -dumpfullversion -dumpversion 2>/dev/null) | $(ALL_CFLAGS) | \
	$(ALL_LDFLAGS) | $(PKG_LIBS)
$(OUT)/flags: FORCE
	@mkdir -p $(OUT)
	@if [ "$$(cat $@ 2>/dev/null)" != "$$(printf '%s' '$(STAMP_TEXT)')" ]; then \
		for p in $(PACKAGES); do \
			pkg-config --exists $$p 2>/dev/null || missing="$$missing $$p"; \
		done; \
		for h in $(HEADERS); do \
			echo "#include <$$h>" | $(CC) $(BASE_CFLAGS) -fsyntax-only -xc - 2>/dev/null \
				|| missing="$$missing $$h"; \
		done; \
		if [ -n "$$missing" ]; then \
			echo "missing:$$missing (or $(CC)); run scripts/install-deps" >&2; exit 1; \
		fi; \
		printf '%s' '$(STAMP_TEXT)' > $@; \
	fi

# The lists of objects, so that removing or adding a source remakes what is made of them.
$(OUT)/sources: FORCE
	@mkdir -p $(OUT)
	@if [ "$$(cat $@ 2>/dev/null)" != '$(LIB_SRC) $(CLI_SRC)' ]; then \
		printf '%s' '$(LIB_SRC) $(CLI_SRC)' > $@; \
	fi

# Which build this is; written only when it changes, so that a commit remakes one small object.
$(OUT)/build.c: FORCE
	@mkdir -p $(OUT)
	@scripts/write-build $@

$(OUT)/build.o: $(OUT)/build.c $(OUT)/flags
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

$(OUT)/%.o: %.c $(OUT)/flags
	$(SAY) CC $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# private: or what a test needs would be built again with other flags
$(TEST_OBJ): private ALL_CFLAGS += -Itests
# The naive simulator is slow by nature, and takes most of the time of the tests.
$(OUT)/tests/property/test_reference_model.o: private ALL_CFLAGS += -O2

$(LIBRARY): $(LIB_OBJ) $(OUT)/sources
	$(SAY) AR $@
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_OBJ)

$(PROGRAM): $(CLI_OBJ) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(CLI_OBJ) $(LIBRARY) $(PKG_LIBS)

$(RUNNER): $(TEST_OBJ) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(TEST_OBJ) $(LIBRARY) $(PKG_LIBS) $(TEST_LIBS)

$(BENCH): $(BENCH_OBJ) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(BENCH_OBJ) $(LIBRARY) $(PKG_LIBS)

$(INTERVALS): $(INTERVALS_OBJ) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(INTERVALS_OBJ) $(LIBRARY) $(PKG_LIBS)

# The program with one function of the library replaced by a faulty one, named as the file is: for
# tests of the gate. Not with link-time optimisation, which binds calls before the linker could.
$(OUT)/fault_%: $(OUT)/tests/faults/%.o $(CLI_OBJ) $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -Wl,--wrap=$* -o $@ $< $(CLI_OBJ) $(LIBRARY) $(PKG_LIBS)

# To be loaded before a program: calls that fail (tests/faults/failing). Not instrumented.
$(OUT)/failing.so: $(SHIM_SRC) $(OUT)/flags
	$(SAY) LINK $@
	$(Q)$(CC) $(BASE_CFLAGS) $(if $(strip $(WERROR)),-Werror) -O1 -g -fPIC -shared -o $@ $< -ldl

$(OUT)/fuzz_%: $(OUT)/tests/fuzz/%.o $(LIBRARY)
	$(SAY) LINK $@
	$(Q)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $< $(LIBRARY) $(PKG_LIBS)

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ) $(TEST_OBJ) $(BENCH_OBJ) $(INTERVALS_OBJ) \
	$(call objects,$(FUZZ_SRC) $(FAULT_SRC)))

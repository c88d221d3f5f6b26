# msched: make help lists the targets.
VARIANT ?= release
PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

FLAGS_release := -O3 -g
FLAGS_debug := -O0 -g3
FLAGS_san := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
CFLAGS += -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
          -Wmissing-prototypes -Wvla -I. -MMD -MP -pthread -DMSCHED_VERSION='"$(VERSION)"' \
          $(if $(CI),-Werror) $(FLAGS_$(VARIANT))
LDLIBS += -lglpk -lyaml -lcsv -lutf8proc -lzip -lm
B := build/$(VARIANT)
JOBS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

objects = $(patsubst %.c,$B/%.o,$(wildcard $1))
LIB := $(call objects,model/*.c io/*.c solver/*.c batch/*.c) $B/io/page_embedded.o
CLI := $(call objects,cli/*.c)
TESTS := $(patsubst %.c,$B/%,$(wildcard tests/test_*.c))
SUPPORT := $(call objects,$(filter-out tests/test_% tests/failmalloc.c tests/spoil.c,$(wildcard tests/*.c)))
BENCH := $(patsubst %.c,$B/%,$(wildcard benchmarks/*.c))
BENCH_LIB := $(call objects,benchmarks/*/*.c)

all: $B/msched                  ## the program: ./msched
	@ln -sf $B/msched msched

demo:                           ## install what is missing, build, schedule examples/redwood
	@sh .ci/deps build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	$B/msched solve examples/redwood/school.yaml -o build/demo --time-limit 60
	@echo "Open build/demo/report.html in a browser; build/demo/schedule.txt is the same as text."

test:                           ## install what is missing, check a sample (under 10 minutes); ONLY=name: some
	@sh .ci/deps test
	@$(MAKE) --no-print-directory -j$(JOBS) all tests
	@B=$B VARIANT=$(VARIANT) MAKE="$(MAKE)" sh tests/run $(ONLY)

test-all:                       ## the full counts (under 45 minutes)
	@MSCHED_FULL=1 $(MAKE) --no-print-directory test

tests: $(TESTS)                 ## the test programs, not run

bench: all $(BENCH)             ## solve the benchmark schools, write benchmarks/RESULTS.md
	B=$B benchmarks/run

cost: all                       ## instructions of a small solve against those recorded; RECORD=1
	B=$B benchmarks/cost

layers:                         ## check that includes point one way only
	! grep -nE '#include "(io|solver|batch|cli)/|<(glpk|yaml|cjson|csv|zip)' model/*.[ch]
	! grep -nE '#include "(solver|batch|cli)/|<glpk' io/*.[ch]
	! grep -nE '#include "(io|batch|cli)/|<(yaml|cjson|csv)' solver/*.[ch]
	! grep -nsE '#include "(solver|cli)/|<glpk' batch/*.[ch]

lint:                           ## cppcheck and the formatter's opinion
	cppcheck --std=c11 -I. -q --enable=warning,performance,portability --inline-suppr \
	        --suppress=missingIncludeSystem --error-exitcode=1 model io solver batch cli
	clang-format --dry-run -Werror $(wildcard */*.c)

format:                         ## format all sources in place
	clang-format -i $(wildcard */*.c benchmarks/*/*.c)

install: all $B/msched.1        ## program, man page, bash completion; DESTDIR=, PREFIX=
	install -D -m 755 $B/msched $(DESTDIR)$(PREFIX)/bin/msched
	install -D -m 644 $B/msched.1 $(DESTDIR)$(PREFIX)/share/man/man1/msched.1
	install -D -m 644 docs/completion.bash \
	        $(DESTDIR)$(PREFIX)/share/bash-completion/completions/msched

clean:                          ## remove all that was built
	rm -rf build msched

help:                           ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1  /p' Makefile | awk '{n = $$1; $$1 = ""; printf "%-10s%s\n", n, $$0}'
	@echo "VARIANT=release, debug or san: each has its folder under build"

$B/msched: $(CLI) $B/msched.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/msched.a: $(LIB)
	@rm -f $@
	$(AR) rcs $@ $^

$B/msched.1: docs/msched.1.scd
	@command -v scdoc >/dev/null || sh .ci/deps man
	@mkdir -p $B
	scdoc <$< >$@

# The page's stylesheet and script as arrays of bytes.
$B/io/page_embedded.c: io/page/embed io/page/page.css $(sort $(wildcard io/page/*.js))
	@mkdir -p $(@D)
	sh $^ >$@

$B/io/page_embedded.o: $B/io/page_embedded.c
	$(CC) $(CFLAGS) -c -o $@ $<

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

$(TESTS): $B/%: $B/%.o $(SUPPORT) $B/msched.a
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(BENCH): $B/%: $B/%.o $(BENCH_LIB) $B/msched.a
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(patsubst %.o,%.d,$(LIB) $(CLI) $(SUPPORT) $(BENCH_LIB)) $(TESTS:%=%.d) $(BENCH:%=%.d)
.PHONY: all demo test test-all tests bench cost layers lint format install clean help
.SECONDARY:

# msched: make help lists the targets.
VARIANT ?= release
PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

FLAGS_release := -O2 -g
FLAGS_debug := -O0 -g3
FLAGS_san := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
CFLAGS += -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
          -Wmissing-prototypes -Wvla -I. -MMD -MP -pthread -DMSCHED_VERSION='"$(VERSION)"' \
          $(if $(CI),-Werror) $(FLAGS_$(VARIANT))
LDLIBS += -lglpk -lyaml -lcjson -lcsv -lutf8proc -lm
B := build/$(VARIANT)

LIB := $(patsubst %.c,$B/%.o,$(wildcard model/*.c io/*.c solver/*.c batch/*.c))
CLI := $(patsubst %.c,$B/%.o,$(wildcard cli/*.c))
SUPPORT := $(patsubst %.c,$B/%.o,$(wildcard tests/support*.c))
TESTS := $(patsubst %.c,$B/%,$(wildcard tests/test_*.c))
BENCH := $(patsubst %.c,$B/%,$(wildcard benchmarks/*.c))

all: $B/msched
	@ln -sf $B/msched msched

$B/msched: $(CLI) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

$(TESTS): $(SUPPORT)
$(TESTS) $(BENCH): $B/%: $B/%.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(if $(findstring /test_,$@),-lcmocka)

layers:   # includes point one way only
	! grep -nE '#include "(io|solver|batch|cli)/|<(glpk|yaml|cjson|csv)' model/*.[ch]
	! grep -nE '#include "(solver|batch|cli)/|<glpk' io/*.[ch]
	! grep -nE '#include "(io|batch|cli)/|<(yaml|cjson|csv)' solver/*.[ch]
	! grep -nE '#include "(solver|cli)/|<glpk' batch/*.[ch]

clean:
	rm -rf build msched

-include $(shell find build -name '*.d' 2>/dev/null)
.PHONY: all layers clean
.SECONDARY:

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The README and the page on the format say what is so. A ```sh block after '<!-- run -->' is run,
# in a folder that has ./msched and examples/; each '<!-- expect: TEXT -->' above it must be in what
# it prints, blanks apart.
. tests/support.sh
root=$PWD
work=$TMP/readme
rm -rf "$work"
mkdir -p "$work/examples"
ln -s "$MSCHED" "$work/msched"
cp -r examples/tiny "$work/examples/tiny"

run_blocks README.md "the README" "$work"
claim "the README has blocks to run" [ $n -ge 7 ]

# Lines of YAML in the README are lines of the tiny school's steps.
quoted_yaml() {
        awk '/^```yaml$/ { inside = 1; next } /^```$/ { inside = 0 } inside && NF' README.md >"$work/yaml"
        [ -s "$work/yaml" ] || return 1
        while IFS= read -r line; do
                grep -qxF -- "$line" examples/tiny/*.yaml || { echo "not in the steps: $line"; return 1; }
        done <"$work/yaml"
}
claim "the YAML in the README is that of examples/tiny" quoted_yaml

# The table of options agrees with --help: option, default and text, both ways.
options_agree() {
        "$MSCHED" solve --help >"$work/help" || return 1
        sed -n 's/^ *--\(\[no-\]\)\{0,1\}\([a-z-]*\)\( N\)\{0,1\}  *.*(\(.*\))$/\2 \4/p' "$work/help" |
                sort >"$work/said"
        sed -n 's/^| `--\([a-z-]*\)` | \([^ ]*\) |.*/\1 \2/p' README.md | sort >"$work/listed"
        [ -s "$work/said" ] && diff "$work/said" "$work/listed"
}
claim "the README lists the options of the search with their defaults" options_agree

# Links to files lead somewhere.
links_lead() {
        for page in README.md examples/README.md docs/format.md docs/cluster.md; do
                grep -o '](\([^):#]*\))' "$page" | tr -d ']()' | while read -r link; do
                        [ -e "$(dirname "$page")/$link" ] || { echo "$page: $link"; return 1; }
                done || return 1
        done
}
claim "links in the pages lead to files" links_lead

# Every key of the schema is explained, and every example checks without an error.
keys_explained() {
        "$PYTHON" - docs/school.schema.json docs/format.md <<'PY'
import json, re, sys
def keys(node):
    if isinstance(node, dict):
        found = set(node.get("properties", {})) if isinstance(node.get("properties"), dict) else set()
        return found.union(*[keys(v) for v in node.values()])
    return set().union(*[keys(v) for v in node]) if isinstance(node, list) else set()
text = open(sys.argv[2], encoding="utf-8").read()
words = set(re.findall(r"[A-Za-z_]+", " ".join(re.findall(r"`([^`]+)`", text))))
missing = sorted(k for k in keys(json.load(open(sys.argv[1]))) if k not in words)
print("not explained:", missing)
sys.exit(bool(missing))
PY
}
if [ -x "$PYTHON" ]; then
        claim "docs/format.md explains every key of the schema" keys_explained
else
        skip "docs/format.md explains every key of the schema" "no $PYTHON"
fi
for school in examples/*/school.yaml examples/tiny/step*.yaml; do
        claim "$school checks" code_is 0 "$MSCHED" check "$school"
done

# The generators write just what is there.
made=$work/made
mkdir -p "$made/academy-120" "$made/academy-150" "$made/redwood"
claim "the generators of the examples build" "${MAKE:-make}" --no-print-directory B="$B" \
        "$B/benchmarks/make_academy" "$B/benchmarks/make_redwood"
claim "make_academy runs" "$B/benchmarks/make_academy" "$made"
claim "make_redwood runs" "$B/benchmarks/make_redwood" "$made/redwood"
for name in academy-120 academy-150 redwood; do
        claim "examples/$name is what its generator writes" diff -r "examples/$name" "$made/$name"
done

no_network() {
        nm -D --undefined-only "$MSCHED" >"$work/imports" || return 1
        ! grep -wE 'socket|connect|getaddrinfo|sendto' "$work/imports"
}
if command -v nm >/dev/null; then
        claim "the program has no network code" no_network
else
        skip "the program has no network code" "no nm"
fi
cd "$root" || exit 1
finish

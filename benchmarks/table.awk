# SPDX-License-Identifier: GPL-3.0-or-later
# Cells (key=value lines, named INSTANCE.PROGRAM) to the tables of results. Fails if a cell is not valid.

FNR == 1 {
        n = split(FILENAME, path, "/")
        dot = index(path[n], ".")
        name = substr(path[n], 1, dot - 1)
        program = substr(path[n], dot + 1)
        sub(/-[0-9]+s$/, "", program)
        if (!(name in seen)) {
                seen[name] = 1
                order[++names] = name
        }
        has[name, program] = 1
}

{
        eq = index($0, "=")
        v[name, program, substr($0, 1, eq - 1)] = substr($0, eq + 1)
}

function of(name, program, key) { return v[name, program, key] }
function share(a, b) { return b ? sprintf("%.2f%%", 100 * a / b) : "-" }
function unmet(name, program) { return of(name, program, "primary") - of(name, program, "primary_met") }

function measures(name, program) {
        return share(of(name, program, "primary_met"), of(name, program, "primary")) " | " \
                share(of(name, program, "primary_met") + of(name, program, "alternates"), of(name, program, "primary")) " | " \
                share(of(name, program, "required_met"), of(name, program, "required")) " | " \
                share(of(name, program, "whole"), of(name, program, "students"))
}

# value, and its bound where that is known and differs; = where the value is proven
function tier(name, key,    x, b) {
        x = of(name, "ours", key)
        b = of(name, "ours", "bound_" key)
        return b == "" ? x : b == x ? x "=" : x " (" b ")"
}

END {
        tiers = "cte_unmet cte_unplaced cohort_breaks requirement_shortfall required_unmet empty_periods request_loss " \
                "uneven unplaced planning_missed imbalance extra_sections away moved"
        k = split(tiers, t, " ")
        print "Time limit " limit " s. Measures: primary requests met; met plus alternates used; required met; students whole."
        print ""
        print "| school | CTE sections | CTE requests | primary | with alternates | required | whole | s | MiB | status |"
        print "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        for (i = 1; i <= names; i++) {
                s = order[i]
                if (!((s, "ours") in has))
                        continue
                print "| " s " | " of(s, "ours", "cte_placed") "/" of(s, "ours", "cte_sections") " | " \
                        of(s, "ours", "cte_met") "/" of(s, "ours", "cte_requests") " | " measures(s, "ours") " | " \
                        sprintf("%.1f", of(s, "ours", "seconds")) " | " sprintf("%.0f", of(s, "ours", "memory_mib")) " | " \
                        (of(s, "ours", "end") == "valid" ? of(s, "ours", "status") : "FAILED") " |"
        }
        print ""
        print "The score, tier by tier, with its bound in brackets; = marks a value that is proven, no mark that no bound is known."
        print ""
        row = "| school |"
        line = "| --- |"
        for (j = 1; j <= k; j++) {
                row = row " " t[j] " |"
                line = line " --- |"
        }
        print row
        print line
        for (i = 1; i <= names; i++) {
                s = order[i]
                if (!((s, "ours") in has))
                        continue
                row = "| " s " |"
                for (j = 1; j <= k; j++)
                        row = row " " tier(s, t[j]) " |"
                print row
        }
        print ""
        print "Unmet primary requests beside build-then-load:"
        print ""
        print "| school | primary | ours | build-then-load | its CTE requests | its students whole | its s |"
        print "| --- | --- | --- | --- | --- | --- | --- |"
        for (i = 1; i <= names; i++) {
                s = order[i]
                if (!((s, "ours") in has) || !((s, "baseline") in has))
                        continue
                ours += unmet(s, "ours")
                base += unmet(s, "baseline")
                worse += unmet(s, "ours") > unmet(s, "baseline")
                print "| " s " | " of(s, "ours", "primary") " | " unmet(s, "ours") " | " unmet(s, "baseline") " | " \
                        of(s, "baseline", "cte_met") "/" of(s, "baseline", "cte_requests") " | " \
                        share(of(s, "baseline", "whole"), of(s, "baseline", "students")) " | " \
                        sprintf("%.1f", of(s, "baseline", "seconds")) " |"
        }
        print "| all | | " ours + 0 " | " base + 0 " | | | |"
        print ""
        if (ours > 0)
                print "In all " sprintf("%.1f", base / ours) " times fewer; more on " worse + 0 " schools."
        for (i = 1; i <= names; i++)
                for (p = 1; p <= 2; p++) {
                        program = p == 1 ? "ours" : "baseline"
                        s = order[i]
                        bad = (s, program) in has && (of(s, program, "end") != "valid" || of(s, program, "judge") == "invalid")
                        if (bad)
                                print "\nFAILED: " s " " program
                        failed += bad
                }
        exit failed > 0
}

// SPDX-License-Identifier: GPL-3.0-or-later
// highs.mjs PROGRAM.mps SECONDS OUT: solve it; `name value` lines of the columns that are not 0 to OUT.
// Prints status=NUMBER as HiGHS counts them; 7 is optimal. OUT is not written where nothing was found.
import { readFileSync, writeFileSync } from "node:fs";
import loadHighs from "highs";

const FEASIBLE = 2; // of primal_solution_status
const [path, seconds, out] = process.argv.slice(2);
const highs = await loadHighs();

highs.withModel({ format: "mps", data: new Uint8Array(readFileSync(path)) }, (model) => {
        model.options.set({ output_flag: false, time_limit: Number(seconds), mip_rel_gap: 0, mip_abs_gap: 0.5 });
        model.run();
        console.log(`status=${model.getModelStatus()}`);
        if (Number(model.info.get("primal_solution_status")) !== FEASIBLE)
                return;
        const lines = [];
        model.getSolution().colValue.forEach((x, i) => {
                if (Math.abs(x) > 1e-6)
                        lines.push(`${model.getColName(i)} ${x}`);
        });
        writeFileSync(out, lines.join("\n") + "\n");
});

/* Fails where a script of the offline page is newer than ES2020: `node old_browsers.js FILE …`. */
"use strict";

const { readFileSync } = require("fs");
const { parse } = require("../../vendor/acorn/acorn.js");

for (const path of process.argv.slice(2)) parse(readFileSync(path, "utf8"), { ecmaVersion: 2020, sourceType: "script" });

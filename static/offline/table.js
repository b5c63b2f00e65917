/* Tables of people on the page, in the place of the questions that their rows answer, as guide/asking/table.py and
   guide/form/members.py have it. Rows are as they are typed, `{column: text}`; they lie in the page's state and nowhere else. */
(function (root) {
  "use strict";

  const { mayAsk, walk } = root.Offline;
  const { WHOLE_TABLE, answers, columnsFor, read } = root.OfflineMembers;
  const { official } = root.OfflineWords;

  const tableOf = (rules, question) => rules.members.find(({ results }) => results.some((result) => result.question === question));
  const questionsOf = ({ results }) => results.map(({ question }) => question);

  /** Of `{id: …}` what is under some ids, or under none of them. */
  const picked = (all, wanted) => Object.keys(all).filter(wanted).reduce((found, id) => Object.assign(found, { [id]: all[id] }), {});

  /** The table that answers a question to which the walk has come, as guide/asking/table.py knows it; null where there is none. */
  function sheetFor(rules, today, given, question) {
    const table = tableOf(rules, question.id);
    if (!table) return null;
    const before = picked(given, (id) => !questionsOf(table).includes(id));
    const { state } = walk(rules, before, today);
    const questions = questionsOf(table).filter((id) => mayAsk(rules, state, id));
    const columns = columnsFor(table, questions);
    return columns.length ? { table, before, questions, columns } : null;
  }

  /** All answers, with what the rows come to as far as the walk asks for it; or what is `refused` of them. */
  function answered(rules, today, { table, before, questions, columns }, typed) {
    const { rows, refused } = read(rules, today, table, typed, columns);
    if (refused.length) return { refused };
    const results = answers(today, table, rows, questions);
    const { used } = walk(rules, Object.assign({}, before, results), today);
    return { refused, answers: Object.assign({}, before, picked(results, (id) => id in used)) };
  }

  const columnsIn = (table, typed) => table.columns.filter(({ id }) => typed.some((row) => id in row));

  /** Rows that were typed, where nothing is wrong with them. */
  function sound(rules, today, table, typed) {
    const { rows, refused } = read(rules, today, table, typed, columnsIn(table, typed));
    return refused.length ? [] : rows;
  }

  /** The rows from which the answers come that a walk uses; none where any of these was given otherwise. */
  function rowsBehind({ rules, today, used }, table, typed) {
    const asked = questionsOf(table).filter((id) => id in used);
    const rows = asked.length ? sound(rules, today, table, typed) : [];
    const filledIn = columnsIn(table, typed);
    if (!rows.length || !columnsFor(table, asked).every((column) => filledIn.includes(column))) return [];
    const told = answers(today, table, rows, asked);
    return asked.every((id) => told[id] === used[id]) ? rows : [];
  }

  /** What a table's rows put into boxes of the form, by their names; `nameOf` names the box of a field and a turn. */
  function boxesOf(table, rows, nameOf) {
    const found = {};
    rows.forEach((row, place) => {
      for (const column of table.columns.filter(({ id, fills }) => fills && row.has(id))) {
        const cell = row.get(column.id);
        found[nameOf({ id: column.fills }, place + 1)] = column.type === "number" ? String(cell / 100)
          : official(column.choices.find(({ id }) => id === cell));
      }
    });
    return found;
  }

  const personOf = ({ columns }) => columns.map(({ fills }) => (fills ? fills.split(".")[0] : "")).find(Boolean);

  // The look

  const nameOf = ({ table }, place, { id }) => `${table.id}-${place}-${id}`;

  /** The boxes of all rows; `wrong` says by name what is wrong in one. `more` and `fewer` are what their buttons do. */
  function fieldsets(sheet, typed, wrong, { h, button, line, phrases, put }, more, fewer) {
    const legend = (place) => put("row", { number: place + 1, row: sheet.table.row });
    const box = (column, place) => {
      const name = nameOf(sheet, place, column);
      const described = [column.hint && `${name}-hint`, wrong[name] && `${name}-error`, column.unit && `${name}-unit`].filter(Boolean).join(" ");
      const attributes = { id: name, name, autocomplete: "off", "aria-describedby": described || null, "aria-invalid": wrong[name] ? "true" : null };
      const value = typed[place][column.id] || "";
      return h("div", { class: wrong[name] ? "box wrong" : "box" }, h("label", { for: name }, column.ask),
        column.hint && h("p", { class: "hint", id: `${name}-hint` }, column.hint),
        wrong[name] && h("p", { class: "error", id: `${name}-error` }, wrong[name]),
        h("div", { class: "measured" },
          column.type === "number" ? h("input", Object.assign(attributes, { inputmode: "decimal", value }))
            : select(column, attributes, value),
          column.unit && h("span", { id: `${name}-unit` }, column.unit)));
    };
    const select = (column, attributes, value) => {
      const hinted = ({ label, hint }) => (hint ? put("with_hint", { choice: label, hint }) : label);
      const options = [["", phrases.choose]].concat(column.choices.map((choice) => [choice.id, hinted(choice)]));
      return h("select", attributes, options.map(([id, text]) => {
        const option = h("option", { value: id, selected: id === value });
        option.textContent = line(text);
        return option;
      }));
    };
    const rows = typed.map((_row, place) => h("fieldset", { class: "card" }, h("legend", {}, legend(place)),
      h("div", { class: "boxes" }, sheet.columns.map((column) => box(column, place))),
      typed.length > 1 && h("p", { class: "actions" }, h("button", { type: "button", class: "quiet", "aria-label": `${line(phrases.row_fewer)} ${line(legend(place))}`,
        click: () => fewer(place) }, phrases.row_fewer))));
    return rows.concat(typed.length < sheet.table.most ? h("p", { class: "actions" }, button(phrases.row_more, more, "quiet")) : []);
  }

  /** What stands in the boxes. */
  function typedIn(sheet, form) {
    const rows = [];
    for (let place = 0; form.elements[nameOf(sheet, place, sheet.columns[0])]; place += 1) {
      rows.push(sheet.columns.reduce((row, column) => Object.assign(row, { [column.id]: form.elements[nameOf(sheet, place, column)].value.trim() }), {}));
    }
    return rows;
  }

  /** What is `wrong`, by the name of its box, and the `problem` of the table as a whole. */
  function mistakes(sheet, refused, put) {
    const found = { wrong: {}, problem: "" };
    for (const { row, column, refused: code, value, allowed } of refused) {
      const about = row === WHOLE_TABLE ? sheet.table : sheet.columns.find(({ id }) => id === column);
      const said = put(`refused_${code}`, { ask: about.ask, value, allowed });
      if (row === WHOLE_TABLE) found.problem = said;
      else found.wrong[nameOf(sheet, row, about)] = said;
    }
    return found;
  }

  // On the page

  /** The tables of a page, which says by `state()` how it stands and draws and leads on by its own functions. */
  function on(page) {
    const { asked, back, go, h, heading, known, phrases, problem, progress, put, rules, summary, today, walked } = page;
    const rowsOf = ({ id }) => page.state().rows[id] || [];
    const kept = ({ table: { id } }, rows) => Object.assign({}, page.state().rows, { [id]: rows });
    const sheetOf = (given, question) => sheetFor(rules, today(), given, question);

    /** Whether no result of the table was given otherwise. */
    function asks(run, { table: entry }) {
      if (page.state().direct) return false;
      const first = entry.results.every(({ question }) => !(question in run.used));
      return first || rowsBehind(walked(null), entry, rowsOf(entry)).length > 0;
    }

    function view(run, sheet) {
      const typed = rowsOf(sheet.table).length ? rowsOf(sheet.table) : [{}];
      const now = () => typedIn(sheet, document.querySelector("form.members"));
      const again = (rows, place) => {
        go("ask", { change: page.state().change, rows: kept(sheet, rows) });
        document.getElementById(nameOf(sheet, place, sheet.columns[0])).focus();
      };
      const more = () => again(now().concat({}), now().length);
      const fewer = (out) => again(now().filter((_row, place) => place !== out), Math.max(out - 1, 0));
      const send = (event) => {
        event.preventDefault();
        const rows = kept(sheet, now());
        const { answers: found, refused } = answered(rules, today(), sheet, rows[sheet.table.id]);
        if (!refused.length) return page.onward({ rows, answers: found });
        return go("ask", Object.assign({ change: page.state().change, rows }, mistakes(sheet, refused, put)));
      };
      const { ask, hint, why } = sheet.table;
      return [
        back(run),
        problem(),
        wrongRows(sheet),
        h("p", { class: "progress" }, progress(run)),
        h("form", { class: "members", novalidate: true, autocomplete: "off", submit: send },
          run.question.section && h("p", { class: "section" }, run.question.section),
          heading(ask), hint && h("p", { class: "hint" }, hint),
          fieldsets(sheet, typed, page.state().wrong, page, more, fewer),
          why && h("details", {}, h("summary", {}, phrases.why), h("p", {}, why)),
          h("p", { class: "actions" }, h("button", { type: "submit" }, phrases.go_on))),
        h("details", {}, h("summary", {}, put("directly", { ask: run.question.ask })), asked(run, h("span", { class: "unseen" }, run.question.ask))),
        known(run),
      ];
    }

    function wrongRows({ table: { id, row } }) {
      const { wrong } = page.state();
      const names = Object.keys(wrong);
      const numberOf = (name) => Number(name.slice(id.length + 1).split("-")[0]) + 1;
      return names.length > 0 && summary(names.map((name) => [name, `${put("row", { number: numberOf(name), row })} ${wrong[name]}`]));
    }

    /** The tables whose rows are the persons of the form, with these rows; no longer once somebody had one come or go there. */
    const filling = (run) => rules.members
      .map((entry) => [entry, personOf(entry) in page.state().counts ? [] : rowsBehind(run, entry, rowsOf(entry))])
      .filter(([entry, rows]) => personOf(entry) && rows.length);

    /** How many of a person rows tell of; 0 where none do. */
    const number = (run, person) => (filling(run).find(([entry]) => personOf(entry) === person) || [null, []])[1].length;

    /** What rows put into boxes of the form. */
    const boxes = (run) => filling(run).reduce((all, [entry, rows]) => Object.assign(all, boxesOf(entry, rows, page.nameOf)), {});

    /** Keeps the rows that stand in the open table. */
    function keep() {
      const open = document.querySelector("form.members");
      if (!open) return;
      const sheet = sheetOf(page.state().answers, walked(page.state().change).question);
      page.state().rows = kept(sheet, typedIn(sheet, open));
    }

    return { asks, boxes, keep, number, sheetFor: sheetOf, view };
  }

  root.OfflineTable = { on };
})(typeof globalThis === "object" ? globalThis : self);

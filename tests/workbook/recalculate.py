#!/usr/bin/env python3
"""Runs the program with --xlsx and --json, has LibreOffice recalculate the workbook, and compares the cells.

recalculate.py PROGRAM LIBRARY
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PERCENT_COLUMN, BUDGET_COLUMN, CONTINGENCY_COLUMN = 0, 2, 5
# libxlsxwriter writes 16 significant digits, LibreOffice's CSV 15.
DIGITS = 1e-13

failures = []


def expect(condition, text):
    if not condition:
        failures.append(text)


def number(text):
    """LibreOffice writes "80%" for 0.8."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def near(found, wanted, what, tolerance=DIGITS):
    try:
        good = abs(number(found) - wanted) <= tolerance * max(1.0, abs(wanted))
    except ValueError:
        good = False
    expect(good, f"{what}: {found!r} in the workbook, {wanted!r} in the JSON")


def without_stored_results(xml):
    """Formulas alone: what a spreadsheet shows then, it has calculated."""
    return re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", xml)


def change(source, target, cells):
    """A copy of a workbook with other numbers in cells of its first sheet, and no stored results."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                xml = without_stored_results(content.decode())
                if name.endswith("/sheet1.xml"):
                    for cell, value in cells.items():
                        xml, found = re.subn(rf'(<c r="{cell}"[^>]*><v>)[^<]*', rf"\g<1>{value!r}", xml)
                        expect(found == 1, f"{cell} is no cell with a number")
                content = xml.encode()
            new.writestr(name, content)


def sheets(workbook, folder):
    """Every sheet's cells, calculated by LibreOffice; unrounded."""
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", as_csv, "--outdir", folder, workbook],
                   check=True, capture_output=True)
    found = {}
    for path in folder.glob(f"{workbook.stem}-*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            found[path.stem[len(workbook.stem) + 1:]] = list(csv.reader(file))
    return found


def stored(workbook, cell):
    """The number that the file itself has in a cell of its first sheet."""
    with zipfile.ZipFile(workbook) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    found = re.search(rf'<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>', xml)
    return found.group(1) if found else ""


def find(rows, label):
    """Row and column, from 0, of the cell that says `label`."""
    for i, row in enumerate(rows):
        if label in row:
            return i, row.index(label)
    raise SystemExit(f"no cell says {label!r}")


def right_of(rows, label, steps=1):
    row, column = find(rows, label)
    return rows[row][column + steps]


def address(place):
    return f"{chr(ord('A') + place[1])}{place[0] + 1}"


def table(rows, first_heading):
    """Rows of a table as dictionaries, by the headings."""
    top, left = find(rows, first_heading)
    headings = [text for text in rows[top][left:] if text]
    found = []
    for row in rows[top + 1:]:
        if not row[left]:
            break
        found.append(dict(zip(headings, row[left:])))
    return found


def compare_tables(book, result):
    percentiles = table(book["Percentiles"], "Percentile")
    expect(len(percentiles) == 99, f"{len(percentiles)} percentiles")
    for row, point in zip(percentiles, result["curve"]):
        near(row["Budget"], point["budget"], f"budget of {row['Percentile']}")
        near(row["Contingency"], point["contingency"], f"contingency of {row['Percentile']}")
    for row, line in zip(table(book["Lines"], "Line"), result["lines"]):
        expect(row["Name in the file"] == line["name"], f"line {row} is not {line['name']}")
        for heading, key in {"Base": "base", "Mean": "mean", "P80": "P80", "Share of mean": "share_of_mean"}.items():
            near(row[heading], line[key], f"{heading} of {line['name']}")
        near(row[f"Contingency at {result['headline']}"], line["contingency"], f"contingency of {line['name']}", 1e-9)
    bars = table(book["Sensitivity"], "Input")
    expect(len(bars) == len(result["sensitivity"]), "bars of the tornado")
    for row, bar in zip(bars, result["sensitivity"]):
        low, high = bar["swing"]["low"], bar["swing"]["high"]
        near(row["Lowest mean total"], low, f"low of {bar['name']}")
        near(row["Swing"], high - low, f"swing of {bar['name']}", 1e-10)
        near(row["Below the mean"], low - result["total"]["mean"], f"low bar of {bar['name']}", 1e-8)
        near(row["Above the mean"], high - result["total"]["mean"], f"high bar of {bar['name']}", 1e-8)
    counts = [int(float(row["Draws"])) for row in table(book["Histogram"], "From")]
    expect(counts == result["total"]["histogram"]["counts"], "the histogram's counts")


def compare_summary(summary, result):
    near(right_of(summary, "Mean"), result["total"]["mean"], "mean")
    near(right_of(summary, "Base estimate", 1) if result["base"]["value"] == 0 else
         table(summary, "Sum")[0]["Amount"], result["base"]["value"], "base")
    for row, target in zip(table(summary, "Target"), result["contingency"]):
        expect(row["Target"] == target["target"], f"target {row['Target']}")
        near(row["Budget"], target["budget"], f"budget of {target['target']}")
        near(row["Contingency"], target["contingency"], f"contingency of {target['target']}")
    near(right_of(summary, "Draws"), result["run"]["draws"], "draws")


def compare_look_up(workbook, summary, result, folder):
    """The live cells, for confidences and budgets that somebody types."""
    budgets = {round(100 * point["confidence"]): point["budget"] for point in result["curve"]}
    typed = find(summary, "How sure do you want to be?")
    asked = find(summary, "How sure is a budget?")
    typed, asked = (typed[0], typed[1] + 1), (asked[0], asked[1] + 1)
    budget = stored(workbook, address((typed[0] + 1, typed[1])))
    near(budget, budgets[80], "the stored budget of 80%", 1e-15)
    between = (budgets[37] + budgets[38]) / 2
    cases = [  # typed confidence, its budget; typed budget, its confidence
        (0.8, budgets[80], budgets[80], 0.8),
        (0.29, budgets[29], budgets[29], 0.29),  # 100 * 0.29 is not whole in binary
        (0.99, budgets[99], budgets[99], 0.99),
        (0.01, budgets[1], budgets[1], 0.01),
        (0.375, between, between, 0.375),
        (0.5, budgets[50], budgets[99] * 2, "over 99%"),
        (0.5, budgets[50], budgets[1] / 2, "under 1%"),
    ]
    for case, (confidence, wanted, sum_typed, reached) in enumerate(cases):
        copy = folder / f"typed{case}.xlsx"
        change(workbook, copy, {address(typed): confidence, address(asked): sum_typed})
        rows = sheets(copy, folder)["Summary"]
        what = f"typed {confidence:.1%}"
        near(right_of(rows, "Budget"), wanted, f"{what}: budget")
        near(right_of(rows, "Contingency"), wanted - result["base"]["value"], f"{what}: contingency", 1e-10)
        near(right_of(rows, "Contingency, % of base"), wanted / result["base"]["value"] - 1, f"{what}: per cent", 1e-10)
        answer = right_of(rows, "Enough in this share of the draws")
        if isinstance(reached, str):
            expect(answer == reached, f"typed budget {sum_typed}: {answer!r}, not {reached!r}")
        else:
            near(answer, reached, f"typed budget {sum_typed}", 1e-9)


def run(program, scenario, folder, name, draws="20k"):
    workbook, result = folder / f"{name}.xlsx", folder / f"{name}.json"
    subprocess.run([program, "run", scenario, "--draws", draws, "--quiet", "--xlsx", workbook, "--json", result],
                   check=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    return workbook, json.loads(result.read_text(encoding="utf-8"))


HOSTILE = """tcosim: 1
title: '=HYPERLINK("http://example.org")'
currency: EUR
horizon: 3 months
inputs:
  a: {value: "pert(1000, 2000, 4000) EUR", label: '=1+1', note: "@SUM(A1)", source: '</t><script>', owner: "+1"}
  b: {value: "pert(10, 20, 40) EUR", label: "bell \\a, escape \\e, null-like _x0041_", note: "%s"}
costs:
  x: {category: labor, formula: a + b, label: '=cmd|'' /C calc''!A0'}
""" % ("long " * 9000)


def compare_hostile(program, folder):
    scenario = folder / "hostile.yaml"
    scenario.write_text(HOSTILE, encoding="utf-8")
    workbook, result = run(program, scenario, folder, "hostile")
    book = sheets(workbook, folder)
    expect(right_of(book["Summary"], "Mean") != "", "a mean")
    line = table(book["Lines"], "Line")[0]["Line"]
    expect(line == result["lines"][0]["label"], f"a label became {line!r}")
    inputs = table(book["Assumptions"], "Input")
    expect(inputs[0]["Input"] == "=1+1", f"a label became {inputs[0]['Input']!r}")
    expect(inputs[0]["Source"] == "</t><script>", f"a source became {inputs[0]['Source']!r}")
    expect("_x0041_" in inputs[1]["Input"], f"an escape became {inputs[1]['Input']!r}")
    with zipfile.ZipFile(workbook) as file:
        texts = file.read("xl/sharedStrings.xml").decode()
        formulas = "".join(re.findall("<f>([^<]*)</f>", file.read("xl/worksheets/sheet1.xml").decode()))
    expect("the scenario file has the whole text" in texts, "a long note is cut without a word")
    expect("HYPERLINK" not in formulas and "cmd" not in formulas, "text became a formula")


def charts(workbook):
    with zipfile.ZipFile(workbook) as file:
        return [file.read(name).decode() for name in sorted(file.namelist()) if name.startswith("xl/charts/chart")]


SALE = """tcosim: 1
currency: EUR
horizon: 2 months
inputs: {price: "normal(-50000, 9000) EUR"}
costs: {sale: {category: retirement, formula: price}}
"""


def check_awkward(program, library, folder):
    few, _ = run(program, library / "support_assistant.yaml", folder, "few", draws="5")
    expect(len(charts(few)) == 2, "five draws make a tornado")
    scenario = folder / "sale.yaml"
    scenario.write_text(SALE, encoding="utf-8")
    sale, _ = run(program, scenario, folder, "sale")
    curve = charts(sale)[0]
    confidence_axis = curve.rindex("<c:valAx>")
    expect('<c:crosses val="min"/>' in curve[confidence_axis:], "the axis of a negative total stands at the right")
    expect('<c:smooth val="1"/>' not in curve, "a spline leaves the points that it joins")


def main(program, library):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook, result = run(program, Path(library) / "support_assistant.yaml", folder, "budget")
        again, _ = run(program, Path(library) / "support_assistant.yaml", folder, "again")
        expect(workbook.read_bytes() == again.read_bytes(), "two runs with one SOURCE_DATE_EPOCH differ")
        bare = folder / "bare.xlsx"
        change(workbook, bare, {})
        book = sheets(bare, folder)
        expect({"Summary", "Percentiles", "Histogram", "Lines", "Sensitivity", "Assumptions"} <= set(book),
               f"sheets {sorted(book)}")
        expect(len(charts(workbook)) == 3, f"{len(charts(workbook))} charts")
        compare_tables(book, result)
        compare_summary(book["Summary"], result)
        compare_look_up(workbook, book["Summary"], result, folder)
        compare_hostile(program, folder)
        check_awkward(program, Path(library), folder)
    for text in failures:
        print("FAILED:", text)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/python3
"""The tables and draws of a run, read by NumPy and pandas without options, hold the numbers of its JSON.

read_test.py TCOSIM. pandas' own reading of decimal numbers drops digits after leading zeros, so there numbers agree to
1e-12; Python's is exact, and so are those of the array file.
"""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import unittest

import numpy
import pandas

DRAWS = 20_001
LABELS = {"rent": 'Rent, heat and "light"', "team": "two\nlines", "gpu": "=1+1", "leak": "データ漏洩 🚀"}
SCENARIO = """tcosim: 1
title: "A plan, with \\"quotes\\""
currency: EUR
horizon: 3 months
start: 2026-11
inputs:
  price: {value: "normal(1000, 100) EUR", label: "=1+1"}
  hours: pert(10, 20, 60) hour
  rate: 20 to 30 EUR/hour
costs:
  rent: {category: infrastructure, formula: price, label: "Rent, heat and \\"light\\""}
  team:
    category: labor
    label: "two\\nlines"
    items:
      lead: hours * rate
      others: {formula: "uniform(10, 20) EUR"}
  gpu: {category: training, formula: 12 EUR, label: "=1+1", tags: [capex]}
risks:
  leak: {category: risk, probability: 1%, impact: 500 to 900 EUR, label: "データ漏洩 🚀"}
outputs:
  share: rent / total
contingency: {targets: [P50, P80, P97.5], budgets: [1700 EUR]}
"""
NUMBERS = {
    "summary": "value low high",
    "percentiles": "probability value low high contingency percent_of_base",
    "lines": "base mean sd P10 P50 P80 P90 share_of_mean contingency",
    "sensitivity": "swing_low swing_high spearman contribution input_P10 input_P90",
    "monthly": "month base mean cumulative_base cumulative_mean",
}


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        with open(cls.path("plan.yaml"), "w", encoding="utf-8") as file:
            file.write(SCENARIO)
        run = [TCOSIM, "run", "plan.yaml", "--draws", str(DRAWS), "--seed", str(2**64 - 1), "--quiet"]
        for more in (["--json", "result.json", "--csv", "tables", "--samples", "draws.npy"], ["--samples", "draws.csv"]):
            subprocess.run(run + more, cwd=cls.folder.name, check=True)
        with open(cls.path("result.json"), encoding="utf-8") as file:
            cls.json = json.load(file)
        cls.tables = {name: pandas.read_csv(cls.path(f"tables/{name}.csv")) for name in NUMBERS}

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def near(self, value, expected):
        if expected is None:
            self.assertTrue(math.isnan(value))
        else:
            self.assertTrue(math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-300), f"{value} is not {expected}")

    def test_columns_of_numbers_are_numbers(self):
        for name, columns in NUMBERS.items():
            for column in columns.split():
                kind = self.tables[name][column].dtype.kind
                self.assertIn(kind, "fi", f"{name}.csv, {column}")
        self.assertEqual(self.tables["sensitivity"]["above_noise"].dtype, bool)

    def test_every_folder_file_is_a_table(self):
        self.assertEqual(sorted(os.listdir(self.path("tables"))), sorted(f"{name}.csv" for name in NUMBERS))

    def test_summary(self):
        summary = self.tables["summary"].set_index("quantity")
        self.assertTrue(summary.index.is_unique)
        self.near(summary["value"]["base"], self.json["base"]["value"])
        self.near(summary["value"]["base confidence"], self.json["base"]["confidence"])
        self.near(summary["value"]["mean"], self.json["total"]["mean"])
        self.assertEqual(summary["value"]["draws"], DRAWS)
        self.assertEqual(summary["text"]["title"], 'A plan, with "quotes"')
        for row in self.json["contingency"]:
            self.near(summary["value"]["budget " + row["target"]], row["budget"])
            self.near(summary["value"]["contingency " + row["target"]], row["contingency"])
            self.near(summary["low"]["contingency " + row["target"]], row["interval"][0])
            self.near(summary["value"]["contingency percent " + row["target"]], row["percent"])
        self.near(summary["value"]["budget 1700 confidence"], self.json["budgets"][0]["confidence"])

    def test_seed_keeps_all_its_digits(self):
        with open(self.path("tables/summary.csv"), encoding="utf-8", newline="") as file:
            seeds = [row["text"] for row in csv.DictReader(file) if row["quantity"] == "seed"]
        self.assertEqual(seeds, [str(2**64 - 1)])

    def test_percentiles_of_the_total_are_p1_to_p99_and_the_targets(self):
        table = self.tables["percentiles"]
        total = table[table["quantity"] == "total"].set_index("percentile")
        self.assertEqual(list(total.index), [f"P{p}" for p in range(1, 98)] + ["P97.5", "P98", "P99"])
        self.assertTrue(total["value"].is_monotonic_increasing)
        for name, value in self.json["total"]["percentiles"].items():
            self.near(total["value"][name], value)
            for end, bound in zip(("low", "high"), self.json["total"]["intervals"][name]):
                self.near(total[end][name], bound)
        for row in self.json["contingency"]:
            self.near(total["contingency"][row["target"]], row["contingency"])
            self.near(total["percent_of_base"][row["target"]], row["percent"])
        share = table[table["quantity"] == "share"].set_index("percentile")
        for name, value in self.json["outputs"]["share"]["percentiles"].items():
            self.near(share["value"][name], value)

    def test_lines(self):
        table = self.tables["lines"]
        expected = self.json["lines"] + self.json["categories"] + self.json["tags"]
        self.assertEqual(list(table["name"]), [row["name"] for row in expected])
        for i, row in enumerate(expected):
            for column in NUMBERS["lines"].split():
                self.near(table[column][i], row[column])
        labels = table.set_index("name")["label"]
        for name, label in LABELS.items():
            # What a spreadsheet would run as a formula stands behind an apostrophe.
            self.assertEqual(labels[name], "'" + label if label.startswith("=") else label)

    def test_sensitivity(self):
        table = self.tables["sensitivity"]
        self.assertEqual(len(table), len(self.json["sensitivity"]))
        for i, row in enumerate(self.json["sensitivity"]):
            self.assertEqual(table["name"][i], row["name"])
            self.near(table["swing_low"][i], row["swing"]["low"])
            self.near(table["contribution"][i], row["contribution"])
            self.assertEqual(table["above_noise"][i], row["above_noise"])

    def test_months(self):
        self.assertEqual(list(self.tables["monthly"]["date"]), ["2026-11", "2026-12", "2027-01"])

    def test_draws_have_named_columns(self):
        draws = numpy.load(self.path("draws.npy"))
        self.assertEqual(draws.shape, (DRAWS,))
        names = ["total"] + [row["name"] for row in self.json["lines"]]
        self.assertEqual(list(draws.dtype.names), names)
        for table in (pandas.DataFrame(draws), pandas.read_csv(self.path("draws.csv"))):
            self.assertEqual(list(table.columns), names)
            self.assertEqual(table.shape, (DRAWS, len(names)))
            self.assertTrue((table.dtypes == "float64").all())

    def test_draws_are_those_of_the_result(self):
        draws = numpy.load(self.path("draws.npy"))
        total = numpy.sort(draws["total"])
        self.assertEqual(total[0], self.json["total"]["min"])
        self.assertEqual(total[-1], self.json["total"]["max"])
        for name, value in self.json["total"]["percentiles"].items():
            rank = math.ceil(DRAWS * round(float(name[1:]) * 10) / 1000)
            self.assertEqual(total[rank - 1], value, name)
        for row in self.json["lines"]:
            self.assertTrue(math.isclose(draws[row["name"]].mean(), row["mean"], rel_tol=1e-12))

    def test_both_files_of_draws_agree(self):
        draws = numpy.load(self.path("draws.npy"))
        with open(self.path("draws.csv"), encoding="ascii", newline="") as file:
            rows = list(csv.reader(file))
        self.assertEqual([tuple(map(float, row)) for row in rows[1:]], draws.tolist())
        self.assertTrue(numpy.allclose(pandas.read_csv(self.path("draws.csv")), pandas.DataFrame(draws),
                                       rtol=1e-14, atol=0))


if __name__ == "__main__":
    TCOSIM = sys.argv.pop(1)
    unittest.main()

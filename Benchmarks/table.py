"""Lines of figures with their budgets."""


def p(percent, times):
    return times[min(len(times) - 1, len(times) * percent // 100)]


class Table:
    def __init__(self):
        self.missed = 0

    def row(self, what, value, unit, budget=None, least=False, note=""):
        verdict = ""
        if value is None:
            shown, verdict, self.missed = "not offered", "miss", self.missed + 1
        else:
            shown = f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
            if budget is not None:
                passes = value >= budget if least else value <= budget
                verdict = "pass" if passes else "miss"
                self.missed += not passes
        bound = "" if budget is None else f"{'≥' if least else '≤'} {budget:,.1f}"
        print(f"{what:<44} {shown:>12} {unit:<6} {bound:>12}  {verdict:<5} {note}", flush=True)

"""What each half of the board says in words before it shows anything."""

from alignment import report
from alignment.domain.revenue import Attainment
from alignment.ui import pictures
from alignment.ui.answers import ask
from alignment.ui.view import View


def revenue(view: View, attainment: Attainment | None) -> str:
    """Say what is still to be won beside what is open, or what was won where there is no goal."""
    say = view.reader.words
    found = ask(report.revenue, view.snapshot, view.choice.period, sources=view.choice.sources).rows[0]
    deals = f"{say.counted(found.won_count, 'deal')} won so far"
    if attainment is None:
        return (
            f"{deals}, {say.short_money(found.mean_won_amount)} each on average."
            if found.mean_won_amount
            else f"{deals}."
        )
    if attainment.is_met:
        return f"{deals}; the goal is met."
    is_open = ask(report.pipeline, view.snapshot, sources=view.choice.sources).amount
    still = f"{deals}; {say.short_money(attainment.remaining)} still to win"
    return f"{still}, {say.short_money(is_open)} is open." if is_open else f"{still}."


def conversion(view: View) -> str:
    """Say what lies between the leads handed over and those accepted."""
    path, is_young = pictures.cohort_path(view)
    return view.reader.words.handed_over(path, is_young=is_young)

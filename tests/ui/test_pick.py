"""Rules of what is chosen on a page: it stays chosen, whatever the browser has heard of it by then."""

from types import SimpleNamespace

from alignment.ui import pick

LEADS = "lead_id created_at mql_at sql_at\nada 2026-10-01 2026-10-02 2026-10-03"
TABLES = {"leads": LEADS, "as_of": "2026-11-01 00:00:00"}


def chosen(open_page, *, hears):
    """Choose 30 days, then have the page asked for again, the browser having heard of the choice or not."""
    page = open_page("conversion", address={"window": "ever"}, **TABLES)
    before = {name: page.query_params[name] for name in page.query_params}
    page.selectbox(key="pick_window").set_value("30").run()
    if not hears:
        page.query_params.update(before)
    return page.run()


def test_what_is_asked_before_the_browser_heard_of_a_choice_does_not_take_it_back(open_page):
    """The bell asks at any moment, and names the address that the browser shows at that moment."""
    page = chosen(open_page, hears=False)

    assert page.selectbox(key="pick_window").value == "30"
    assert page.query_params["window"] == "30"


def test_going_back_in_the_browser_takes_a_choice_back(open_page, monkeypatch):
    """Then the former address is what somebody wants."""
    page = chosen(open_page, hears=True)
    monkeypatch.setattr(pick, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=True))
    page.query_params["window"] = "ever"
    page.run()

    assert page.selectbox(key="pick_window").value == "ever"


def test_an_address_that_no_choice_has_left_is_followed(open_page):
    """A link to the same page, say."""
    page = chosen(open_page, hears=True)
    page.query_params["window"] = "60"
    page.run()

    assert page.selectbox(key="pick_window").value == "60"


def test_room_mode_of_the_definition_page_goes_from_page_to_page_with_the_other_choices(open_page):
    """It is one switch: what was chosen on the board is there when one comes back to it."""
    page = open_page("definition", **TABLES)
    page.session_state[pick._KEPT] = {"window": ["30"], "room": ["1"]}
    page.run()
    assert (page.toggle(key="pick_room").value, page.query_params["room"]) == (True, "1")

    for is_on in (False, True, False, True):
        page.toggle(key="pick_room").set_value(is_on).run()

        assert page.toggle(key="pick_room").value is is_on
        assert page.session_state[pick._KEPT] == {"window": ["30"]} | ({"room": ["1"]} if is_on else {})
        assert ("room" in page.query_params) is is_on


def test_a_link_to_the_definition_page_in_room_mode_opens_it_so(open_page):
    """And the pages that one goes on to."""
    page = open_page("definition", address={"room": "1"}, **TABLES)

    assert page.toggle(key="pick_room").value
    assert page.session_state[pick._KEPT] == {"room": ["1"]}

"""The list of the voting page: one row a line, the whole of it the target, for each of the three forms."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.ballot_papers import PaperLine
from dashboard.web.addresses import Address
from dashboard.web.parts.candidates import address_of, plan_text
from dashboard.web.parts.text import aria, carried, data

ANSWERS = (("+", "for"), ("-", "against"), ("=", "abstained"))


def rows(words: Words, form: str, lines: tuple[PaperLine, ...], here: Address | None, code: str) -> Component:
    """Return the list to mark on; details lead to other pages of `here` where it is told; `code` is the congress."""
    make = _answered if form == "item" else _marked
    items = [
        html.Li(
            [*make(words, form, line), _about(words, line, here, code)],
            className=f"vote-row vote-row-{form}",
            **carried(number=str(line.number)),
        )
        for line in lines
    ]
    return html.Ul(items, className="vote-list", **aria(label=words("vote.list")))


def _marked(words: Words, form: str, line: PaperLine) -> list[Component]:
    state = [html.Span(className="vote-rank visually-hidden")] if form == "rank" else []
    head = html.Div(
        [html.Span(className="vote-box", **aria(hidden="true")), *_names(words, line), *state],
        className="vote-mark",
        role="checkbox",
        tabIndex="0",
        **aria(checked="false"),
    )
    return [head, _more(words, line)]


def _answered(words: Words, _form: str, line: PaperLine) -> list[Component]:
    radios = [
        html.Div(
            words(f"vote.answer.{name}"),
            className=f"vote-answer vote-answer-{name}",
            role="radio",
            tabIndex="0" if name == "for" else "-1",
            **aria(checked="false"),
            **carried(answer=sign),
        )
        for sign, name in ANSWERS
    ]
    # By the name itself, which stands in its own language.
    label = aria(labelledby=f"vote-name-{line.number}")
    group = html.Div(radios, className="vote-answers", role="radiogroup", **label)
    return [html.Div(_names(words, line), className="vote-mark"), _more(words, line), group]


def _names(words: Words, line: PaperLine) -> list[Component]:
    return [
        html.Span(
            [
                html.Span(data(words, line.name), id=f"vote-name-{line.number}", className="vote-name"),
                html.Span(_facts(words, line), className="vote-sub"),
            ],
            className="vote-words",
        )
    ]


def _facts(words: Words, line: PaperLine) -> list[Component | str]:
    parts: list[Component | str] = [words("vote.number", n=line.number)]
    if line.department:
        parts += ["｜", data(words, line.department)]
    if line.budget is not None:
        parts += ["｜", html.Span(words.money(line.budget), className="vote-sum")]
    return parts


def _more(words: Words, line: PaperLine) -> Component:
    if not _known(words, line) and not line.documents:
        return html.Span(className="vote-no-more")
    return html.Button(
        [words("vote.more"), html.Span([" ", data(words, line.name)], className="visually-hidden")],
        className="vote-more",
        type="button",
    )


def _about(words: Words, line: PaperLine, here: Address | None, code: str) -> Component:
    """Return what the sheet of a line shows; it stands hidden in its row."""
    known = _known(words, line)
    if line.documents:
        known.append(("documents", _documents(words, line, code)))
    if here is not None and line.candidate is not None:
        href = f"{here.to('orders').path()}?candidate={line.candidate}"
        away = html.A(words("vote.about.source.go"), href=href, target="_blank", rel="noreferrer")
        known.append(("source", away))
    facts = [html.Div([html.Dt(words(f"vote.about.{name}")), html.Dd(value)]) for name, value in known]
    return html.Div(html.Dl(facts), className="vote-about", hidden=True)


def _documents(words: Words, line: PaperLine, code: str) -> Component:
    """Return the documents, each of which assets/vote/sheet.mjs shows under its name: no page is left for it."""
    items = [
        html.Li(
            html.Button(
                data(words, one.name),
                className="vote-document",
                type="button",
                **aria(expanded="false"),
                **carried(source=address_of(code, one.id)),
            )
        )
        for one in line.documents
    ]
    return html.Ul(items, className="vote-documents")


def _known(words: Words, line: PaperLine) -> list[tuple[str, Component | str]]:
    chinese = {
        "target": line.target,
        "place": line.place,
        "department": line.department,
        "category": line.category,
    }
    found: list[tuple[str, Component | str]] = [
        (name, data(words, text)) for name, text in chinese.items() if text
    ]
    if line.plan:
        found.insert(1, ("plan", plan_text(words, line.plan)))
    if line.budget is not None:
        found.append(("budget", words.money(line.budget)))
    if line.orders:
        found.append(("orders", words.plural("vote.about.orders.n", line.orders)))
    return found

"""Every page by its name in the address; importing them fills the registry of callbacks."""

from dashboard.web.pages import (
    account,
    archive,
    assessments,
    conduct,
    congresses,
    data,
    departments,
    deputies,
    desk,
    inquiries,
    orders,
    overview,
    papers,
    projects,
    recount,
    rounds,
    rule_sets,
    sign_in,
    townships,
)
from dashboard.web.pages.page import Page

PAGE_MODULES = (
    account,
    archive,
    assessments,
    conduct,
    congresses,
    data,
    departments,
    deputies,
    desk,
    inquiries,
    orders,
    overview,
    papers,
    projects,
    recount,
    rounds,
    rule_sets,
    sign_in,
    townships,
)
PAGES: dict[str, Page] = {module.PAGE.name: module.PAGE for module in PAGE_MODULES}

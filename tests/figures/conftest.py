import itertools

import pytest

from dashboard.i18n import words

FORMS = [*itertools.product(("zh-CN", "en"), ("light", "dark"), (False, True))]


@pytest.fixture(params=FORMS, ids=lambda form: f"{form[0]}-{form[1]}-{'narrow' if form[2] else 'wide'}")
def form(request):
    """Give the words, the theme and the width of every form a figure is drawn in."""
    language, theme, narrow = request.param
    return words(language), theme, narrow

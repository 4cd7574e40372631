"""A statement as somebody writes it on their own page. Start at `write_statement`."""

from domain.ids import StatementId, new_id
from services import statements
from services.statements import Kept


def write_statement(secret: str, words: str, *, is_sent: bool = True) -> StatementId:
    """Keep the words as a draft, and send them unless told otherwise."""
    statement_id = StatementId(new_id())
    mark = statements.writing_page(secret, statement_id).mark
    assert statements.save(secret, statement_id, words, "en", mark) is Kept.SAVED
    if is_sent:
        mark = statements.writing_page(secret, statement_id).mark
        assert statements.send(secret, statement_id, mark) is Kept.SAVED
    return statement_id

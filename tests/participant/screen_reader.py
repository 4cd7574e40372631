"""What a screen reader says on a page, from its first line to its last. Start at `spoken`."""

from pathlib import Path

from playwright.sync_api import Browser, Page

_READER = Path(__file__).parent / "vendor" / "virtual-screen-reader.js"
_ADDRESS = "http://reader.test/virtual-screen-reader.js"
_SAY_ALL = """async (address) => {
  const { virtual } = await import(address);
  await virtual.start({ container: document.body });
  const atEnd = async () => (await virtual.lastSpokenPhrase()) === "end of document";
  for (let n = 0; n < 500 && !(await atEnd()); n += 1) await virtual.next();
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  return said;
}"""


def listening_page(chromium: Browser) -> Page:
    """A page on which `spoken` may run, although ours forbid every script."""
    context = chromium.new_context(bypass_csp=True)
    source = _READER.read_text("utf-8")
    context.route(_ADDRESS, lambda ask: ask.fulfill(body=source, content_type="text/javascript"))
    return context.new_page()


def spoken(page: Page) -> list[str]:
    """The phrases that are said when somebody steps through the whole page, in their order."""
    said: list[str] = page.evaluate(_SAY_ALL, _ADDRESS)
    return [" ".join(phrase.split()) for phrase in said]

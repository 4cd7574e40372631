// Keeps the number of a vote that is watched up to date, without running the screen again.
// The numbers stand in the page already; where this does not run, "Look again" reads them anew.
const ANNOUNCE_EVERY_MS = 15000;

export default function ({ data, setTriggerValue }) {
  const stream = new EventSource(data.url);
  let announcedAt = 0;
  let waiting = null;
  let asked = false;

  const place = (name) => document.querySelector(`[data-watch="${name}"]`);

  // One polite voice for the whole screen, and never so often that nothing else is heard.
  function announce(text) {
    const say = () => {
      announcedAt = Date.now();
      const region = document.getElementById("rt-announcer");
      if (region) region.textContent = text;
    };
    clearTimeout(waiting);
    waiting = setTimeout(say, Math.max(0, announcedAt + ANNOUNCE_EVERY_MS - Date.now()));
  }

  function write(name, text) {
    const found = place(name);
    if (found && found.textContent !== text) found.textContent = text;
  }

  stream.onmessage = (event) => {
    const now = JSON.parse(event.data);
    write("n", String(now.n));
    write("of", now.of);
    write("told", now.told);
    write("state", "");
    announce(`${now.n} ${now.of}. ${now.told}`);
    if (!now.is_open && !asked) {
      asked = true;
      stream.close();
      setTriggerValue("closed", true);
    }
  };
  stream.onopen = () => write("state", "");
  stream.onerror = () => {
    const isOver = stream.readyState === EventSource.CLOSED;
    write("state", isOver ? data.stopped : data.waiting);
  };

  return () => {
    clearTimeout(waiting);
    stream.close();
  };
}

// Keeps what is being written: ten seconds after the last letter, and when the field is left.
// Without it everything works as well; then the button keeps.
(() => {
  const QUIET_MS = 10000;
  const form = document.querySelector("form[data-keep]");
  const field = form.elements.namedItem("text");
  const mark = form.elements.namedItem("mark");
  const told = document.getElementById("kept");
  const letters = document.getElementById("letters");
  let kept = field.value;
  let waiting = 0;
  let isGoing = false;

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, QUIET_MS);
  };

  async function keep() {
    clearTimeout(waiting);
    if (isGoing || field.value === kept) return;
    isGoing = true;
    const words = field.value;
    try {
      const body = new URLSearchParams({ mark: mark.value, text: words });
      const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: words.length < 5000 });
      if (!answer.ok) throw new Error(answer.status);
      mark.value = await answer.text();
      kept = words;
      told.textContent = form.dataset.saved;
    } catch {
      told.textContent = form.dataset.notSaved;
    }
    isGoing = false;
    if (field.value !== kept) later();
  }

  field.addEventListener("input", () => {
    letters.textContent = [...field.value].length;
    told.textContent = "";
    later();
  });
  field.addEventListener("blur", keep);
  document.addEventListener("visibilitychange", keep);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    kept = field.value;
  });
})();

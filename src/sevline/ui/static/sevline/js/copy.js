// A button with data-copies="<id>" puts the text of that element on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  const say = (text, tone) => document.dispatchEvent(new CustomEvent("sevline:toast", { detail: { text, tone } }));
  try {
    await navigator.clipboard.writeText(source.value);
    say(`${button.dataset.what} copied.`, "ok");
  } catch {
    source.focus();
    source.select();
    say("The browser did not allow copying. The text is selected: press Ctrl+C.", "warn");
  }
});

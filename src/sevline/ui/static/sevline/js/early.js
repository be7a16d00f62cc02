// Runs before the first paint: pages rendered without a request (an error page) still get the reader's theme.
(() => {
  const root = document.documentElement;
  const known = { theme: ["light", "dark"], density: ["dense", "comfortable"] };
  for (const [name, values] of Object.entries(known)) {
    const found = document.cookie.match(new RegExp(`(?:^|; )sevline-${name}=([a-z]+)`));
    if (found && values.includes(found[1])) root.dataset[name] = found[1];
  }
})();

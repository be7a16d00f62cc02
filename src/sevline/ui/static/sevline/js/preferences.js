// Theme and density: one button each, remembered in a cookie that the server reads when it renders the page.
const root = document.documentElement;
const themes = ["system", "light", "dark"];
const densities = ["dense", "comfortable"];

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `sevline-${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}

function set(name, value, standard) {
  if (value === standard) delete root.dataset[name];
  else root.dataset[name] = value;
  remember(name, value);
  label();
}

function label() {
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    button.textContent = `Theme: ${root.dataset.theme ?? "system"}`;
  }
  for (const button of document.querySelectorAll("[data-density-button]")) {
    button.textContent = `Rows: ${root.dataset.density ?? "dense"}`;
  }
}

const after = (list, value) => list[(list.indexOf(value) + 1) % list.length];

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-button]")) set("theme", after(themes, root.dataset.theme ?? "system"), "system");
  if (event.target.closest("[data-density-button]")) {
    set("density", after(densities, root.dataset.density ?? "dense"), "dense");
  }
});

label();

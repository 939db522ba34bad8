const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/);
  for (const row of document.querySelectorAll("tr[data-case]")) {
    row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
  }
});

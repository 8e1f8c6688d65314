const form = document.querySelector("form");
const answer = document.querySelector("[role=status]");
const api = new URLSearchParams(location.search).get("api") || window.WINE_API;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!api) {
    answer.textContent = "No API: name it in config.js, or add ?api=<URL> to this page's address.";
    return;
  }
  answer.textContent = "…";
  const body = [...form.querySelectorAll("input")].map(({ value }) => value).join(",");
  try {
    const response = await fetch(api, {
      method: "POST",
      // As the original sends it: text/csv, though it is JSON. Both forms of the API take it.
      headers: { "Content-Type": "text/csv" },
      body: JSON.stringify({ body }),
    });
    answer.textContent = shown(await response.text());
  } catch (error) {
    answer.textContent = `The API could not be reached: ${error.message}`;
  }
});

/** The non-proxy form answers JSON around the text, the proxy form the text itself. */
function shown(text) {
  try {
    const parsed = JSON.parse(text);
    return parsed.body ?? parsed.message ?? text;
  } catch {
    return text;
  }
}

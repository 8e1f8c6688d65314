import { MAX_LENGTH } from "./text.ts";

/**
 * A page that says what the service takes and lets one try it. Nothing on it comes from elsewhere, and its addresses
 * begin where its own does, with a stage or without.
 */
export function docsPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>sentiment</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
  textarea { width: 100%; font: inherit; box-sizing: border-box; }
  pre { background: #f2f2f2; padding: 0.75rem; overflow: auto; white-space: pre-wrap; }
</style>
<h1>sentiment</h1>
<p>Tells whether a sentence of financial news is negative, neutral or positive.
  The description for programs: <a href="openapi.json">openapi.json</a></p>
<h2>GET /</h2>
<p>Answers <code>"Welcome to my fast API"</code>.</p>
<h2>POST /process_text</h2>
<p>Takes <code>{"payload": "text"}</code>, 1 to ${MAX_LENGTH} characters of UTF-8. Answers
  <code>{"Raw Text": "text", "Categories": "positive"}</code>, or 400 with <code>{"error": "…"}</code>.</p>
<form data-url="process_text">
  <label for="payload">Try it</label>
  <textarea id="payload" rows="3" maxlength="${MAX_LENGTH}" required>Operating profit rose to EUR 13.1 mn.</textarea>
  <button type="submit">Send</button>
</form>
<pre role="status" aria-live="polite"></pre>
<script>
  const form = document.querySelector("form");
  const status = document.querySelector("pre");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await fetch(form.dataset.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ payload: document.querySelector("#payload").value }),
      });
      status.textContent = response.status + " " + await response.text();
    } catch (error) {
      status.textContent = String(error);
    }
  });
</script>
</html>
`;
}

// Where the page sends a wine: the proxy form's URL, or the original's POST /DT. `?api=` in the page's address wins.
window.WINE_API = "";

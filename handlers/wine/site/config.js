// Where the page sends a wine: the address of the API's POST /wine. A deploy writes this file anew.
window.WINE_API = "";

// Where the page asks for charts and forecasts: the address of the API. A deploy writes this file anew.
window.STORE_SALES_API = "";

// The address of the API. A deploy writes this file anew.
window.POWER_API = "";

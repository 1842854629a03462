// The report formats that the program loads only when one of them is asked for.
module.exports = require('./bundle.cjs').load('formats');

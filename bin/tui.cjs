// The screen, which the program loads only when it shows one.
module.exports = require('./bundle.cjs').load('tui');

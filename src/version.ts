/** Of this package; a test holds it to package.json, which a library can neither bundle nor read everywhere. */
export const version = '0.1.0';

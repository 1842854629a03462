/** Renderers of the formats that a start does not need: a bundle of its own, loaded when one of them is asked for. */
export {junitParts} from './junit.js';

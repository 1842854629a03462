const defaultCommand = 'analyze';

/**
 * The arguments with the command that they leave out: `whyboot FILE` is `whyboot analyze FILE`.
 * A file that is called like a command is written `./analyze`.
 */
export function withCommand(args: readonly string[], commands: readonly string[]): string[] {
  const [first, ...rest] = args;
  if (first === 'help') return withCommand([...rest, '--help'], commands);
  if (first === '--version' || (first !== undefined && commands.includes(first))) return [...args];
  return [defaultCommand, ...args];
}

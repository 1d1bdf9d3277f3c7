/** Prints what a round did, and what was wrong with it; gives whether nothing was. */
export function tell(what, wrong) {
  console.log(`${what}${wrong.length ? ', WRONG' : ''}`);
  for (const sentence of [...new Set(wrong)].slice(0, 10)) console.log(`  ${sentence}`);
  return wrong.length === 0;
}

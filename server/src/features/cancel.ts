/** How many steps of a loop pass between two looks at a cancellation; a look may cost a file access. */
const STEPS = 256;

/**
 * Asks whether a request was cancelled at a price that a long loop can pay in each step: the question is passed on now and
 * then only, at the first step too, and once the answer is yes it stays.
 * @param cancelled the question of the request; none where nobody can cancel
 */
export function patient(cancelled: (() => boolean) | undefined): () => boolean {
  let step = -1;
  let over = false;
  return () => {
    step++;
    if (!over && cancelled && step % STEPS === 0) over = cancelled();
    return over;
  };
}

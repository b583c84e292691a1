const ignore = () => undefined;

/** Who reads stderr may have gone, as `| head` does: that what the library says is not heard must not end the robot. */
export function survivesClosedStderr(): void {
  const { stderr } = process;
  if (!stderr.listeners('error').includes(ignore)) stderr.on('error', ignore);
}

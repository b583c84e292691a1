import { context, isSpanContextValid, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span } from '@opentelemetry/api';
import type { ExceptionText } from './errorText.ts';
import type { Mask } from './mask.ts';

/** The span of an execution or a node, if the robot's process records any. */
export interface LinkedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** The context in which it is the active one. */
  context(): Context;
  child(name: string, attributes: Attributes): LinkedSpan;
  /** Runs `body` so that spans of instrumented libraries become children. */
  run<T>(body: () => T): T;
  event(name: string, message: string): void;
  /** The event `exception` of OpenTelemetry. */
  exception(exception: ExceptionText): void;
  /** Ends it; a message says that it failed. */
  end(failure?: string): void;
}

/** Records the exception without the secrets in its texts. */
export function recordException(
  span: LinkedSpan | undefined,
  { name, message, stack }: ExceptionText,
  mask: Mask | undefined,
): void {
  if (span === undefined) return;
  const masked = (text: string) => (mask === undefined ? text : mask.text(text));
  span.exception({ name, message: masked(message), stack: masked(stack) });
}

const library = 'rpa-trace-telemetry';

/** Starts the span of an execution; undefined where nobody registered a tracer, so that nodes cost nothing for it. */
export function startSpan(name: string, attributes: Attributes): LinkedSpan | undefined {
  const span = trace.getTracer(library).startSpan(name, { attributes });
  return isSpanContextValid(span.spanContext()) ? new ApiSpan(span) : undefined;
}

class ApiSpan implements LinkedSpan {
  private readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  context(): Context {
    // Not the active span: without a context manager there is none.
    return trace.setSpan(context.active(), this.span);
  }

  child(name: string, attributes: Attributes): LinkedSpan {
    return new ApiSpan(trace.getTracer(library).startSpan(name, { attributes }, this.context()));
  }

  run<T>(body: () => T): T {
    return context.with(this.context(), body);
  }

  event(name: string, message: string): void {
    this.span.addEvent(name, { message });
  }

  exception(exception: ExceptionText): void {
    this.span.recordException(exception);
  }

  end(failure?: string): void {
    if (failure !== undefined) {
      this.span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    }
    this.span.end();
  }
}

import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it } from 'vitest';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedWorld } from './tracedWorld.ts';

afterEach(() => {
  trace.disable();
  context.disable();
});

function recordSpans(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  return exporter;
}

describe.each([
  ['with a context manager', true],
  ['without one', false],
])('spans %s', (_name, hasManager) => {
  it('and logs share their ids', async () => {
    if (hasManager) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const exporter = recordSpans();
    const { tracer, last } = tracedWorld({ appId: 'app' });
    const running = tracer.run({ uid: 'u' }, () =>
      traced('rpa::1', {}, async (node) => {
        node.info('begins, password=p-1');
        await traced('click::2', {}, async () => {
          await new Promise(setImmediate);
          throw new Error('element not found, token=t-1');
        });
      }),
    );
    await expect(running).rejects.toThrow('element not found');
    const record = last();
    const spans = exporter.getFinishedSpans();
    const [inner, outer, run] = spans;
    expect(spans.map(({ name }) => name)).toEqual([
      'run_node:click::2',
      'run_node:rpa::1',
      'run f1',
    ]);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(
      new Set([record.srv['trace_id']]),
    );
    expect(record.trace.map(({ span_id }) => span_id)).toEqual([
      inner?.spanContext().spanId,
      outer?.spanContext().spanId,
    ]);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
    expect(run?.attributes).toEqual({
      sid: record.sid,
      app_id: 'app',
      uid: 'u',
      chat_id: '',
      flow_id: 'f1',
    });
    expect(inner?.attributes).toEqual({
      sid: record.sid,
      'workflow.node.id': 'click::2',
      'workflow.node.name': 'click::2',
      'workflow.node.type': 'click',
    });
    expect(inner?.status).toEqual({ code: 2, message: 'element not found, token=••••' });
    expect(inner?.events).toMatchObject([
      {
        name: 'exception',
        attributes: {
          'exception.type': 'Error',
          'exception.message': 'element not found, token=••••',
          'exception.stacktrace': expect.stringMatching(
            /^Error: element not found, token=••••\n +at /,
          ) as string,
        },
      },
    ]);
    expect(run?.events).toEqual([]);
    expect(
      outer?.events.map(({ name, attributes }) => `${name} ${String(attributes?.['message'])}`),
    ).toEqual(['INFO begins, password=••••']);
  });

  it('of an execution that fails outside of its nodes says why', () => {
    const exporter = recordSpans();
    const { tracer } = tracedWorld();
    const robot = () => {
      throw new RangeError('too far');
    };
    expect(() => tracer.run({}, robot)).toThrow('too far');
    const [run] = exporter.getFinishedSpans();
    expect(run?.events.map(({ attributes }) => attributes?.['exception.type'])).toEqual([
      'RangeError',
    ]);
  });

  it('of libraries within a node are its children', () => {
    if (!hasManager) return;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const exporter = recordSpans();
    const { tracer } = tracedWorld();
    tracer.run({}, () =>
      traced('a', {}, () => {
        trace.getTracer('http').startSpan('GET').end();
      }),
    );
    const [get, node] = exporter.getFinishedSpans();
    expect(get?.parentSpanContext?.spanId).toBe(node?.spanContext().spanId);
  });
});

describe('without a tracer', () => {
  it('nothing is added to the record', () => {
    const { tracer, last } = tracedWorld();
    tracer.run({}, () => traced('a', {}, () => 1));
    expect(last().srv).toEqual({ workflow_version: '' });
    expect(last().trace[0]).not.toHaveProperty('span_id');
  });

  it('nor when spans are not wanted', () => {
    const exporter = recordSpans();
    const { tracer, last } = tracedWorld({ spans: false });
    tracer.run({}, () => traced('a', {}, () => 1));
    expect(exporter.getFinishedSpans()).toEqual([]);
    expect(last().srv).not.toHaveProperty('trace_id');
  });
});

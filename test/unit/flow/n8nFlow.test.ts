import { describe, expect, it } from 'vitest';

import { flowGraph } from '../../../src/flow/flowGraph.ts';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

const node = (name: string, type: string, more: object = {}) => ({
  ...{ parameters: {}, id: `id-${name}`, name, type, typeVersion: 1, position: [0, 0] },
  ...more,
});
const to = (name: string) => ({ node: name, type: 'main', index: 0 });

function read(value: unknown) {
  const text = JSON.stringify(value);
  expect(looksLikeFlow(text, 'flow.json')).toBe(true);
  const parsed = parseFlow(text, 'flow.json');
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const { nodes, edges, name, flowId } = parsed.value;
  return {
    ...{ name, flowId },
    nodes: nodes.map(({ id, type }) => `${id} ${type}`),
    edges: edges.map(({ source, target, kind }) => `${source} → ${target} ${kind}`),
  };
}

describe('a workflow of n8n', () => {
  it.each([
    'n8n-nodes-base.set',
    '@n8n/n8n-nodes-langchain.agent',
    'n8n-nodes-evolution-api.evolutionApi',
    'CUSTOM.ownNode',
    '@acme/n8n-nodes-erp.book',
  ])('is read with nodes of any package: %s', (type) => {
    const flow = { name: 'F', id: 'f1', nodes: [node('a', type)], connections: {} };
    expect(read(flow)).toMatchObject({ name: 'F', flowId: 'f1', nodes: [`id-a ${type}`] });
  });

  it('has no nodes but those of its list', () => {
    const nodes = [
      node('a', 'n8n-nodes-base.httpRequest', {
        credentials: { httpBasicAuth: { id: '7', name: 'My account' } },
        parameters: { conditions: { conditions: [{ id: 'c1', name: 'x' }] } },
        webhookId: 'w1',
      }),
      node('note', 'n8n-nodes-base.stickyNote'),
    ];
    const more = { tags: [{ id: 't1', name: 'tag' }], pinData: {}, meta: { instanceId: 'i' } };
    expect(read({ nodes, connections: {}, ...more }).nodes).toEqual([
      'id-a n8n-nodes-base.httpRequest',
    ]);
  });

  it('has edges by the names of its nodes: branches, and where an error goes', () => {
    const nodes = [
      node('a', 'n8n-nodes-base.if'),
      node('b', 'n8n-nodes-base.httpRequest', { onError: 'continueErrorOutput' }),
      node('c', 'n8n-nodes-base.noOp'),
      node('d', 'n8n-nodes-base.noOp'),
      node('model', '@n8n/n8n-nodes-langchain.lmChatOpenAi'),
    ];
    const connections = {
      a: { main: [[to('b')], [to('c')]] },
      b: { main: [[to('c')], [to('d'), to('gone')]] },
      c: { main: [[to('d')]] },
      model: { ai_languageModel: [[to('a')]] },
      gone: { main: [[to('a')]] },
    };
    expect(read({ nodes, connections }).edges).toEqual([
      'id-a → id-b branch',
      'id-a → id-c branch',
      'id-b → id-c normal',
      'id-b → id-d fail',
      'id-c → id-d normal',
    ]);
  });

  it('knows the models and tools of an agent as parts of it', () => {
    const nodes = ['agent', 'other', 'model', 'tool'].map((name) => node(name, 'n8n.x'));
    const connections = {
      agent: { main: [[to('other')]] },
      model: { ai_languageModel: [[to('agent'), to('other')]] },
      tool: { ai_tool: [[to('agent'), to('gone')]], main: null },
    };
    const parsed = parseFlow(JSON.stringify({ nodes, connections }), 'flow.json');
    if (!parsed.ok) throw new Error(parsed.error.detail);
    // What two of them use is in neither.
    expect(parsed.value.nodes.map(({ parentId }) => parentId)).toEqual([
      ...[null, null, null, 'id-agent'],
    ]);
    expect(parsed.value.edges).toHaveLength(1);
    const graph = flowGraph(parsed.value);
    expect(graph.nodes.map(({ parent }) => parent)).toEqual([-1, -1, -1, -1]);
    expect(graph.edges.map(({ source, target, kind }) => [source, target, kind])).toEqual([
      [0, 1, 'normal'],
      [2, 0, 'part'],
      [2, 1, 'part'],
      [3, 0, 'part'],
    ]);
  });

  it('goes by names where it has no ids', () => {
    const { id, ...old } = node('a', 'n8n-nodes-base.set');
    expect(id).toBe('id-a');
    expect(read({ nodes: [old], connections: {} }).nodes).toEqual(['a n8n-nodes-base.set']);
  });

  it('may be one of several in a file', () => {
    const flows = ['a', 'b'].map((name) => ({ name, nodes: [node(name, 'x.y')], connections: {} }));
    expect(read(flows)).toMatchObject({ name: 'a', nodes: ['id-a x.y', 'id-b x.y'] });
  });
});

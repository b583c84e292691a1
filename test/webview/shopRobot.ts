/** A robot as its author writes it, for `robotStory.test.ts`: the shop has no button “Pay”. */
import type { Page } from 'playwright-core';
import type { RecordSender } from '../../src/telemetry/recordSender.ts';
import { traced } from '../../src/telemetry/traced.ts';
import { tracePage } from '../../src/telemetry/tracePage.ts';
import { createTracer } from '../../src/telemetry/tracer.ts';

const shop = `<title>Shop</title><h1>Order SO-1001</h1>
  <label>Amount <input></label><button>Save</button>`;

/** Enters an order, and fails where it is to be paid. */
export async function orderInShop(plain: Page, producer: RecordSender): Promise<void> {
  const tracer = createTracer({ flowId: 'shop-orders', producer, endWithProcess: false });
  const page = tracePage(plain);
  const order = { no: 'SO-1001', amount: '12.50' };
  await tracer.run({ question: order }, async () => {
    await page.setContent(shop);
    await traced('enter order', order, async () => {
      await page.getByLabel('Amount').fill(order.amount);
      await page.getByRole('button', { name: 'Save' }).click();
    });
    await traced('pay order', order, () =>
      page.getByRole('button', { name: 'Pay' }).click({ timeout: 200 }),
    );
  });
  await tracer.close();
}

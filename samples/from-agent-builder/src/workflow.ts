import { Agent, AgentInputItem, Runner as SdkRunner, withTrace } from "@openai/agents";
import { z } from "zod";
import { approvalRequest, chatRunner } from "chatkit-controllers/agents";

const Runner = chatRunner(SdkRunner);

// Guardrails: card numbers are masked, and attempts to talk the agents out of their instructions are refused.
const guardrailsConfig = {
  pii: { block: false, pattern: /\b(?:\d[ -]?){13,16}\b/g },
  jailbreak: { block: true, pattern: /ignore (all|your) (previous )?instructions/i }
};

function maskText(text: string): string {
  return text.replace(guardrailsConfig.pii.pattern, "<CARD>");
}

function maskHistory(history: AgentInputItem[]): void {
  for (const item of history) {
    const content = "content" in item && Array.isArray(item.content) ? item.content : [];
    for (const part of content) {
      if (part.type === "input_text") {
        part.text = maskText(part.text);
      }
    }
  }
}

async function runAndApplyGuardrails(
  inputText: string,
  config: typeof guardrailsConfig,
  history: AgentInputItem[],
  workflow: WorkflowInput
) {
  const hasTripwire = config.jailbreak.pattern.test(inputText);
  const safeText = maskText(inputText);
  maskHistory(history);
  workflow.input_as_text = safeText;
  const failOutput = {
    pii: { failed: safeText !== inputText },
    jailbreak: { failed: hasTripwire }
  };
  return { hasTripwire, safeText, failOutput, passOutput: { safe_text: safeText } };
}

const ClassifySchema = z.object({ category: z.enum(["refund", "order", "other"]) });
const RefundDetailsSchema = z.object({ order: z.string(), amount: z.number(), reason: z.string() });
const OrderStatusSchema = z.object({ order: z.string(), state: z.string(), arrives: z.string() });

const classify = new Agent({
  name: "Classify",
  instructions: `Sort the customer's message into one category.
- refund: they want money back
- order: they ask where an order is
- other: anything else`,
  model: "gpt-5-mini",
  outputType: ClassifySchema,
  modelSettings: {
    store: true
  }
});

const refundDetails = new Agent({
  name: "Refund details",
  instructions: "Find which order is to be refunded, how much that is in euros, and why.",
  model: "gpt-5-mini",
  outputType: RefundDetailsSchema,
  modelSettings: {
    reasoning: {
      effort: "low",
      summary: "auto"
    },
    store: true
  }
});

const refundAnswer = new Agent({
  name: "Refund answer",
  instructions: "Tell the customer that the refund is on its way, and when it arrives.",
  model: "gpt-5-mini",
  modelSettings: {
    store: true
  }
});

const orderStatus = new Agent({
  name: "Order status",
  instructions: "Say where the order is. Your answer fills a card.",
  model: "gpt-5-mini",
  outputType: OrderStatusSchema,
  modelSettings: {
    store: true
  }
});

const answer = new Agent({
  name: "Answer",
  instructions: "You help the customers of a shop for bicycle lamps. Be brief.",
  model: "gpt-5-mini",
  modelSettings: {
    store: true
  }
});

type WorkflowInput = { input_as_text: string };


// Main code entrypoint
export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace("Lamp shop", async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_lamps"
      }
    });
    const guardrailsInputText = workflow.input_as_text;
    const { hasTripwire: guardrailsHasTripwire, failOutput: guardrailsFailOutput } = await runAndApplyGuardrails(guardrailsInputText, guardrailsConfig, conversationHistory, workflow);
    if (guardrailsHasTripwire) {
      return guardrailsFailOutput;
    } else {
      const classifyInput = workflow.input_as_text;
      const classifyResultTemp = await runner.run(
        classify,
        [
          { role: "user", content: [{ type: "input_text", text: `${classifyInput}` }] }
        ]
      );

      if (!classifyResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const classifyResult = {
        output_text: JSON.stringify(classifyResultTemp.finalOutput),
        output_parsed: classifyResultTemp.finalOutput
      };
      const classifyCategory = classifyResult.output_parsed.category;
      if (classifyCategory == "refund") {
        const refundDetailsResultTemp = await runner.run(
          refundDetails,
          [
            ...conversationHistory
          ]
        );
        conversationHistory.push(...refundDetailsResultTemp.newItems.map((item) => item.rawItem));

        if (!refundDetailsResultTemp.finalOutput) {
            throw new Error("Agent result is undefined");
        }

        const refundDetailsResult = {
          output_text: JSON.stringify(refundDetailsResultTemp.finalOutput),
          output_parsed: refundDetailsResultTemp.finalOutput
        };
        const approvalMessage = `Refund ${refundDetailsResult.output_parsed.amount} € for order ${refundDetailsResult.output_parsed.order}?`;

        if (await approvalRequest(approvalMessage)) {
          const refundAnswerResultTemp = await runner.run(
            refundAnswer,
            [
              ...conversationHistory
            ]
          );
          conversationHistory.push(...refundAnswerResultTemp.newItems.map((item) => item.rawItem));

          if (!refundAnswerResultTemp.finalOutput) {
              throw new Error("Agent result is undefined");
          }

          const refundAnswerResult = {
            output_text: refundAnswerResultTemp.finalOutput ?? ""
          };
          return refundAnswerResult;
        } else {
          const endResult = { message: "All right, nothing is refunded." };
          return endResult;
        }
      } else if (classifyCategory == "order") {
        const orderStatusResultTemp = await runner.run(
          orderStatus,
          [
            ...conversationHistory
          ]
        );
        conversationHistory.push(...orderStatusResultTemp.newItems.map((item) => item.rawItem));

        if (!orderStatusResultTemp.finalOutput) {
            throw new Error("Agent result is undefined");
        }

        const orderStatusResult = {
          output_text: JSON.stringify(orderStatusResultTemp.finalOutput),
          output_parsed: orderStatusResultTemp.finalOutput
        };
        return orderStatusResult;
      } else {
        const answerResultTemp = await runner.run(
          answer,
          [
            ...conversationHistory
          ]
        );
        conversationHistory.push(...answerResultTemp.newItems.map((item) => item.rawItem));

        if (!answerResultTemp.finalOutput) {
            throw new Error("Agent result is undefined");
        }

        const answerResult = {
          output_text: answerResultTemp.finalOutput ?? ""
        };
        return answerResult;
      }
    }
  });
}

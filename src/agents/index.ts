export { answerFromAiSdk } from './adapters/ai-sdk';
export type { AnswerContext, AnswerOptions, Source } from './adapters/answer-from';
export { answerFromResponses } from './adapters/responses';
export { answerFromText } from './adapters/text';
export type { AnswerPart } from './adapters/text';
export type { OutputKind } from './convert/output-writer';
export { ModelError } from './convert/model-error';
export type { ModelErrorCode } from './convert/model-error';
export { ResponseStreamConverter } from './convert/response-stream-converter';
export type {
  ContainerFileCitation,
  FileCitation,
  ResponseStreamConverterOptions,
  UrlCitation,
} from './convert/response-stream-converter';
export type { ActivityView, ShowActivity, ToolActivity } from './convert/tool-activities';
export type { EndWorkflowOptions, WorkflowStart } from './convert/current-workflow';
export { accumulateText } from './run/accumulate-text';
export { agentContext, AgentContext } from './run/agent-context';
export type { ToolRunContext } from './run/agent-context';
export { streamAgentResponse } from './run/stream-agent-response';
export type { StreamAgentResponseOptions } from './run/stream-agent-response';
export type { ModelData, ModelResponse, RunEvent, RunItem, StreamedRun } from './sdk/run-event';
export { loadHistory } from './input/history';
export type { HistoryOptions } from './input/history';
export type {
  AssistantInput,
  FunctionCallInput,
  FunctionResultInput,
  Input,
  InputContent,
  InputFile,
  InputImage,
  InputItem,
  InputText,
  SystemInput,
  UserInput,
} from './input/input-item';
export type { AttachmentReader, InputContext } from './input/attachment-files';
export { ThreadItemConverter, toAgentInput } from './input/thread-item-converter';
export type { ThreadItemConverterOptions } from './input/thread-item-converter';
export type { MemoryOptions } from './memory/attempts';
export { runAgent } from './run-agent';
export type { RunAgentOptions } from './run-agent';
export type { AgentLike, RunnerLike } from './sdk/agent';
export { titleThread } from './title-thread';
export type { TitleFor } from './title-thread';
export { agentController } from './approvals/agent-controller';
export type { AgentControllerOptions } from './approvals/agent-controller';
export type { ApprovalRequest, ApprovalWidget } from './approvals/approval-widget';
export { approvalRequest, step } from './workflow/approval-request';
export { chatRunner } from './workflow/chat-runner';
export type { RunnerClass } from './workflow/chat-runner';
export type { RunInput } from './workflow/current-turn';
export type { QuestionWidget, WorkflowQuestion } from './workflow/question-widget';
export { runWorkflow } from './workflow/run-workflow';
export { workflowController } from './workflow/workflow-controller';
export type {
  ByAgent,
  OutputWidget,
  RunWorkflowOptions,
  Shown,
  Workflow,
  WorkflowInput,
  WorkflowRun,
} from './workflow/workflow-options';
export { workflowState } from './workflow/workflow-state';
export type { WorkflowState } from './workflow/workflow-state';
